"""`python -m mypy_pyarch` is mypy with the plugin."""

from mypy_pyarch.command import main

if __name__ == "__main__":
    main()
