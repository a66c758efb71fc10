"""What nobody who looks at syntax trees can do without: to read the files and parse them."""

import ast
import gc
import os
import warnings

gc.disable()
warnings.simplefilter("ignore")
for directory, below, names in os.walk("."):
    below[:] = [name for name in below if not name.startswith(".")]
    for name in names:
        if name.endswith(".py"):
            with open(os.path.join(directory, name), "rb") as file:
                content = file.read()
            try:
                ast.parse(content)
            except (SyntaxError, ValueError):
                continue
