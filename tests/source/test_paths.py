"""What is known on the paths through a function: what is checked before it is used, and what is returned."""

import ast
from pathlib import Path
from textwrap import dedent, indent

import pytest

from flake8_pyarch.source.paths import Purpose, exits_of, unchecked_reads
from tests.source.projects import Project

PATH = "src/shop/x.py"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "src/shop/__init__.py")


def case(code: str, *, extra: str = "", head: str = "", is_async: bool = False) -> str:
    """Return a class whose `execute` has a body."""
    keyword = "async def" if is_async else "def"
    body = indent(dedent(code).strip(), "        ")
    return f"{dedent(head)}\nclass X:\n    {keyword} execute(self, *given):\n{body}\n{indent(dedent(extra), '    ')}"


def reads(project: Project, text: str, method: str = "execute", returned: Purpose = Purpose.USED) -> list[str]:
    """Return the unchecked reads of `_a` and `_b`, each once, as the text has them."""
    module = project.module(PATH, text)
    model = next(each for each in reversed(module.classes) if method in each.methods)
    found = unchecked_reads(model.methods[method], model, module, ["_a", "_b"], returned)
    return list(dict.fromkeys(ast.unparse(read.node) for read in found))


CHECKED = """
if self._a is None:
    raise Missing
use(self._a)

if self._a is None:
    return
use(self._a)

if None is self._a:
    raise Missing
use(self._a)

if self._a == None:
    raise Missing
use(self._a)

if not self._a:
    raise Missing
use(self._a)

if not (self._a is not None):
    raise Missing
use(self._a)

if not not self._a:
    use(self._a)

if self._a:
    use(self._a)

if self._a is not None:
    use(self._a)

if self._a is not None and self._a.ok:
    pass

if self._a is None or self._a.bad:
    raise Missing
use(self._a)

if self._a is None or self._b is None:
    raise Missing
use(self._a, self._b)

if not (self._a and self._b):
    raise Missing
use(self._a, self._b)

if self._a is None:
    raise Missing(self._a)
elif self._b is None:
    raise Missing
else:
    use(self._a, self._b)

if given:
    raise X
elif self._a is None:
    raise Missing
use(self._a)

if given:
    if self._a is None:
        raise Missing
else:
    assert self._a
use(self._a)

assert self._a is not None
use(self._a)

assert self._a, 'message'
use(self._a)

assert self._a is not None and self._b is not None
use(self._a, self._b)

assert None not in (self._a, self._b)
use(self._a, self._b)

if None in (self._a, self._b):
    raise Missing
use(self._a, self._b)

if None in [self._a, *[self._b]]:
    raise Missing
use(self._a, self._b)

if None in {self._a, self._b}:
    raise Missing
use(self._a, self._b)

inputs = (self._a, self._b)
if None in inputs:
    raise Missing
use(self._a, self._b)

if self._a in (None, ''):
    raise Missing
use(self._a)

if any(x is None for x in (self._a, self._b)):
    raise Missing
use(self._a, self._b)

if any([x is None for x in (self._a, self._b)]):
    raise Missing
use(self._a, self._b)

if any(True for x in (self._a, self._b) if x is None):
    raise Missing
use(self._a, self._b)

if any((self._a is None, self._b is None)):
    raise Missing
use(self._a, self._b)

if not all((self._a, self._b)):
    raise Missing
use(self._a, self._b)

if not all(x is not None for x in [self._a, self._b]):
    raise Missing
use(self._a, self._b)

assert all([self._a is not None, self._b is not None])
use(self._a, self._b)

for x in (self._a, self._b):
    if x is None:
        raise Missing
use(self._a, self._b)

for n, x in (('a', self._a), ('b', self._b)):
    if x is None:
        raise Missing(n)
use(self._a, self._b)

for n, x in {'a': self._a, 'b': self._b}.items():
    if x is None:
        raise Missing(n)
use(self._a, self._b)

for x in {'a': self._a, 'b': self._b}.values():
    assert x
use(self._a, self._b)

for n in ('_a', '_b'):
    if getattr(self, n) is None:
        raise Missing(n)
use(self._a, self._b)

for n in ('a', 'b'):
    if getattr(self, f'_{n}') is None:
        raise Missing(n)
use(self._a, self._b)

for n in ('a', 'b'):
    if getattr(self, '_' + n, None) is None:
        raise Missing(n)
use(self._a, self._b)

for n in unknown():
    if getattr(self, n) is None:
        raise Missing(n)
use(self._a, self._b)

for x in (self._a, self._b):
    if x is None:
        break
else:
    use(self._a, self._b)

missing = [n for n, x in (('a', self._a), ('b', self._b)) if x is None]
if missing:
    raise Missing(missing)
use(self._a, self._b)

missing = []
if self._a is None:
    missing.append('a')
if self._b is None:
    missing += ['b']
if missing:
    raise Missing(missing)
use(self._a, self._b)

errors = {}
if self._a is None:
    errors['a'] = 'missing'
if errors:
    raise Missing(errors)
use(self._a)

missing = next((n for n, x in (("a", self._a), ("b", self._b)) if x is None), None)
if missing is not None:
    raise Missing(missing)
use(self._a, self._b)

inputs = {"a": self._a, "b": self._b}
missing = {n for n, x in inputs.items() if not x}
if missing:
    raise Missing(missing)
use(self._a, self._b)

for n, x in zip(("a", "b"), (self._a, self._b), strict=True):
    if x is None:
        raise Missing(n)
use(self._a, self._b)

errors = []
if self._a is None:
    errors.extend(["a"])
if errors:
    raise Missing(errors)
use(self._a)

missing = list()
if self._a is None:
    missing.append('a')
if len(missing) > 0:
    raise Missing
use(self._a)

missing = set()
if self._a is None:
    missing.add('a')
if len(missing) != 0:
    raise Missing
use(self._a)

ok = True
if self._a is None:
    ok = False
if not ok:
    raise Missing
use(self._a)

missing = self._a is None
if missing:
    raise Missing
use(self._a)

ready = self._a is not None and self._b is not None
if not ready:
    raise Missing
use(self._a, self._b)

ready = bool(self._a)
assert ready
use(self._a)

ready = self._a is not None
if ready is False:
    return
use(self._a)

if (self._a is None) == (self._b is None):
    raise Missing
if self._a is not None:
    use(self._a)
else:
    use(self._b)

if self._a is None and self._b is None:
    raise Missing
if self._a is not None:
    use(self._a)
else:
    use(self._b)

a = self._a
if a is None:
    raise Missing
use(a)
use(self._a)

a, b = self._a, self._b
if a is None or b is None:
    raise Missing
use(self._a, b)

this = self
assert this._a is not None
use(self._a, this._a)

if (a := self._a) is None:
    raise Missing
use(a, self._a)

if not (a := self._a):
    raise Missing
use(a, self._a)

while (a := self._a) is None:
    wait()
use(a, self._a)

a = self._a or default()
use(a)

use(self._a or 'x')

use(self._a or fail())

use(self._a and self._a.x)

self._a = self._a or 'x'
use(self._a)

self._a = load()
use(self._a)

if self._a is None:
    self._a = load()
use(self._a)

self._a = self._a if self._a is not None else 'x'
use(self._a)

use(self._a if self._a is not None else 'x')

use('x' if self._a is None else self._a)

a = self._a if self._a else sys.exit()
use(self._a)

match self._a:
    case None:
        raise Missing
use(self._a)

match self._a:
    case None:
        raise Missing
    case _:
        use(self._a)

match self._a:
    case str() as a:
        use(a, self._a)
    case _:
        raise Missing

match self._a:
    case a if a is not None:
        use(a, self._a)

match self._a:
    case 'x' | 'y':
        use(self._a)

match self._a, self._b:
    case (None, _) | (_, None):
        raise Missing
use(self._a, self._b)

match (self._a, self._b):
    case (str(a), str(b)):
        use(self._a, a, b)
    case _:
        raise Missing

match (self._a, self._b):
    case [None, None]:
        raise Missing
    case [x, None]:
        use(x)
    case [None, y]:
        use(y)
    case [x, y]:
        use(x, y)

match self._a is None:
    case True:
        raise Missing
use(unrelated)

if not isinstance(self._a, str):
    raise Missing
use(self._a)

if type(self._a) is not str:
    raise Missing
use(self._a)

if not callable(self._a):
    raise Missing
use(self._a)

try:
    assert self._a is not None
except AssertionError:
    raise Missing
use(self._a)

try:
    assert self._a is not None
except AssertionError as error:
    return
else:
    use(self._a)
use(self._a)

try:
    if self._a is None:
        raise Missing
    use(self._a)
finally:
    close()

try:
    begin()
finally:
    assert self._a is not None
use(self._a)

if self._a is None:
    try:
        raise Missing
    finally:
        log()
use(self._a)

if self._a is None:
    try:
        begin()
    finally:
        return
use(self._a)

with lock:
    if self._a is None:
        raise Missing
use(self._a)

with suppress(Missing):
    if self._a is None:
        raise Missing
    use(self._a)

while True:
    if self._a is not None:
        break
    wait()
use(self._a)

while self._a is None:
    wait()
use(self._a)

while self._a is None:
    wait()
else:
    use(self._a)

done = False
while not done:
    if self._a is None:
        raise Missing
    done = True
use(self._a)

for x in items():
    if self._a is None:
        raise Missing
    use(self._a)

for x in items():
    if self._a is None:
        continue
    use(self._a)

if self._a is None:
    sys.exit(1)
use(self._a)

if self._a is None:
    exit()
use(self._a)

if self._a is None:
    os._exit(1)
use(self._a)

if self._a is None:
    while True:
        wait()
use(self._a)

self._a is None and sys.exit()
use(self._a)

self._a is not None or sys.exit()
use(self._a)

logger.info('x', a=self._a)
assert self._a
use(self._a)

a = self._a
logger.info('x', extra={'a': a})
assert a
use(self._a)

[use(self._a) for x in y if self._a is not None]

use(*(self._a for x in y if self._a))

assert self._a
use(lambda: self._a.x)

def late():
    return use(self._a)
assert self._a
late()

def check():
    if self._a is None:
        raise Missing
check()
use(self._a)

ok = None
def check():
    nonlocal ok
    ok = self._a is not None
check()
if not ok:
    raise Missing
use(self._a)

check = lambda: self._a is not None
if not check():
    raise Missing
use(self._a)

def never():
    use(self._a)

require(self._a)
use(self._a)

a = ensure_set(self._a)
use(a, self._a)

guard.against_none(self._a)
use(self._a)

validate(self)
use(self._a)

if vars(self)['_a'] is None:
    raise Missing
use(self._a)

if self.__dict__['_a'] is None:
    raise Missing
use(self._a)

setattr(self, '_a', load())
use(self._a)

self._a

a = self._a

x = (self._a, 1)

del self._a

raise Missing(self._a)

if self._a is MISSING:
    pass

return None

pass
"""

UNCHECKED = """
use(self._a)
# self._a

self._a.x
# self._a

self._a.x()
# self._a

self._a()
# self._a

self._a[0]
# self._a

x = self._a + 1
# self._a

x = f'{self._a}'
# self._a

if self._a > 1:
    pass
# self._a

if self._a == 'x':
    pass
# self._a

if 1 < self._a < 2:
    pass
# self._a

for x in self._a:
    pass
# self._a

with self._a:
    pass
# self._a

return self._a
# self._a

yield self._a
# self._a

x, y = self._a
# self._a

self._result = self._a
# self._a

x[0] = self._a
# self._a

self._a += 1
# self._a

use((self._a, self._b))
# self._a | self._b

use(x=[self._a], **{'b': self._b})
# self._a | self._b

use(*self._a)
# self._a

use({**self._a})
# self._a

if self._a in ('x', 'y'):
    pass
# self._a

if 'x' in self._a:
    pass
# self._a

x = len(self._a)
# self._a

a = self._a
use(a)
# a

a, b = self._a, 1
use(a, b)
# a

use(a := self._a)
# self._a

this = self
use(this._a)
# this._a

if self._a is None:
    log()
use(self._a)
# self._a

if self._a is None:
    pass
else:
    log()
use(self._a)
# self._a

if self._a is not None:
    log()
use(self._a)
# self._a

if self._b is None:
    raise Missing
use(self._a)
# self._a

if self._a is None and self._b is None:
    raise Missing
use(self._a)
# self._a

if self._a is None and given:
    raise Missing
use(self._a)
# self._a

assert self._a or self._b
use(self._a)
# self._a

if None not in (self._a, self._b):
    raise Missing
use(self._a)
# self._a

if None in (self._b,):
    raise Missing
use(self._a)
# self._a

if all(x is None for x in (self._a, self._b)):
    raise Missing
use(self._a)
# self._a

if not any((self._a, self._b)):
    raise Missing
use(self._a)
# self._a

if not isinstance(self._a, object):
    raise Missing
use(self._a)
# self._a

if not isinstance(self._a, str | None):
    raise Missing
use(self._a)
# self._a

use(self._a)
assert self._a
# self._a

if given:
    assert self._a
use(self._a)
# self._a

if given:
    return
elif self._a:
    return
use(self._a)
# self._a

try:
    assert self._a
except AssertionError:
    pass
use(self._a)
# self._a

try:
    assert self._a
except AssertionError:
    use(self._a)
# self._a

try:
    assert self._a
finally:
    use(self._a)
# self._a

with suppress(Missing):
    assert self._a
use(self._a)
# self._a

with contextlib.suppress(Missing), lock:
    assert self._a
use(self._a)
# self._a

for x in items():
    assert self._a
use(self._a)
# self._a

for x in (self._b,):
    assert x
use(self._a)
# self._a

for x in (self._a, self._b):
    if x is None:
        break
use(self._a)
# self._a

for x in (self._a, self._b):
    if x is None:
        continue
use(self._b)
# self._b

while given:
    assert self._a
use(self._a)
# self._a

while self._a is None:
    if given:
        break
use(self._a)
# self._a

while self._a is not None:
    pass
use(self._a)
# self._a

match self._a:
    case None:
        log()
use(self._a)
# self._a

match self._a:
    case str():
        log()
    case _:
        use(self._a)
# self._a

match self._a:
    case a:
        use(a)
# a

match self._a:
    case None if given:
        raise Missing
use(self._a)
# self._a

match (self._a, self._b):
    case (None, None):
        raise Missing
use(self._a)
# self._a

ready = self._a is not None or given
if not ready:
    raise Missing
use(self._a)
# self._a

missing = []
if self._a is None:
    missing.append('a')
log(missing)
use(self._a)
# self._a

use(self._a or self._b)
# self._b

use(self._a if given else 'x')
# self._a

use(self._a if self._a is None else 'x')
# self._a

use(lambda: self._a.x)
assert self._a
# self._a

def late():
    use(self._a)
run(late)
assert self._a
# self._a

def late():
    use(self._a)
late()
assert self._a
# self._a

[use(self._a) for x in y]
# self._a

[x for x in self._a if x]
# self._a

logger.info('x', a=self._a.x)
# self._a

print(self._a)
# self._a

getattr(self, '_a').x
# getattr(self, '_a')

getattr(self._a, 'x')
# self._a

try:
    use(1)
except* E:
    use(self._a)
# self._a
"""
"""Each with the reads that are not checked."""


@pytest.mark.parametrize("code", CHECKED.strip().split("\n\n"))
def test_checked(project: Project, code: str) -> None:
    assert (
        reads(project, case(code, head="import os\nimport sys\nfrom somewhere import guard, suppress, require\n")) == []
    )


@pytest.mark.parametrize("code", UNCHECKED.strip().split("\n\n"))
def test_unchecked(project: Project, code: str) -> None:
    code, _, expected = code.rpartition("\n# ")
    assert reads(project, case(code)) == expected.split(" | ")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("await use(self._a)", ["self._a"]),
        ("async for x in self._a:\n    pass", ["self._a"]),
        ("async with self._a:\n    pass", ["self._a"]),
        ("async with lock:\n    assert self._a\nuse(self._a)", []),
        ("async for x in y:\n    assert self._a\n    use(self._a)", []),
        ("[x async for x in y if self._a and self._a.x]", []),
        ("if not await self._ready():\n    raise Missing\nuse(self._a)", []),
        ("await self._check()\nawait use(self._a)", []),
    ],
)
def test_async(project: Project, code: str, expected: list[str]) -> None:
    extra = """
        async def _check(self):
            if self._a is None:
                raise Missing

        async def _ready(self):
            return self._a is not None
    """
    assert reads(project, case(code, extra=extra, is_async=True)) == expected


METHODS = """
    def _check(self):
        if self._a is None:
            raise Missing

    def _check_all(self):
        self._check()
        if self._b is None:
            self._fail("b")

    def _fail(self, name):
        raise Missing(name)

    def _never(self) -> NoReturn:
        raise_somewhere()

    def _log(self):
        if self._a is None:
            log()

    def _require(self, value):
        if value is None:
            raise Missing
        return value

    def _lacking(self):
        if self._a is None:
            yield "a"
        if self._b is None:
            yield "b"

    def _named(self, name):
        value = getattr(self, name)
        if value is None:
            raise Missing(name)
        return value

    def _require_all(self, *values, **named):
        for value in values:
            if value is None:
                raise Missing
        for name, value in named.items():
            if value is None:
                raise Missing(name)

    @staticmethod
    def _static(value, *, name="x"):
        assert value is not None, name

    def _ready(self):
        return self._a is not None

    def _is_ready(self):
        if self._a is None:
            return False
        return True

    def _missing(self):
        return [name for name, value in (("a", self._a), ("b", self._b)) if value is None]

    def _inputs(self):
        return self._a, self._b

    @property
    def a(self):
        if self._a is None:
            raise Missing
        return self._a

    @property
    def raw(self):
        return self._a

    def _use(self):
        use(self._a)

    def _use_given(self, value):
        use(value)

    def _hand_on(self, given):
        self._use_given(given)

    def _use_all(self, *values):
        for value in values:
            use(value)

    def _loop(self):
        if given:
            self._loop()
        use(self._a)

    def _forever(self):
        return self._forever()

    @contextmanager
    def _checked(self):
        assert self._a
        yield

    @unknown_decorator
    def _decorated(self):
        return 1
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("self._check()\nuse(self._a)", []),
        ("self._check_all()\nuse(self._a, self._b)", []),
        ("self._log()\nuse(self._a)", ["self._a"]),
        ("use(self._require(self._a))\nuse(self._a)", []),
        ("a = self._require(value=self._a)\nuse(a)", []),
        ("self._require_all(self._a, b=self._b)\nuse(self._a, self._b)", []),
        ("self._require_all(self._b)\nuse(self._a)", ["self._a"]),
        ("self._static(self._a)\nuse(self._a)", []),
        ("X._static(self._a)\nuse(self._a)", ["self._a"]),
        ("if self._a is None:\n    self._fail('a')\nuse(self._a)", []),
        ("if self._a is None:\n    self._never()\nuse(self._a)", []),
        ("if not self._ready():\n    raise Missing\nuse(self._a)", []),
        ("if self._is_ready():\n    use(self._a)", []),
        ("ready = self._is_ready()\nassert ready\nuse(self._a)", []),
        ("if self._missing():\n    raise Missing\nuse(self._a, self._b)", []),
        ("missing = self._missing()\nif missing:\n    raise Missing\nuse(self._a, self._b)", []),
        ("if None in self._inputs():\n    raise Missing\nuse(self._a, self._b)", []),
        ("if any(x is None for x in self._inputs()):\n    raise Missing\nuse(self._a, self._b)", []),
        ("use(self.a)\nuse(self._a)", []),
        ("use(self.raw)", ["self.raw"]),
        ("assert self.raw\nuse(self._a)", []),
        ("self._use()", ["self._a"]),
        ("assert self._a\nself._use()", []),
        ("self._use_given(self._a)", ["self._a"]),
        ("self._use_given([self._a])", ["self._a"]),
        ("self._hand_on(self._a)", ["self._a"]),
        ("a = self._a\nself._hand_on(given=a)", ["a"]),
        ("self._use_all(self._a, self._b)", ["self._a", "self._b"]),
        ("self._use_given(*given)\nself._use_given(1)", []),
        ("run(self._use)", ["self._a"]),
        ("method = self._use\nassert self._a\nmethod()", []),
        ("self._loop()", ["self._a"]),
        ("self._forever()\nuse(self._a)", ["self._a"]),
        ("with self._checked():\n    use(self._a)", []),
        ("self._decorated()\nuse(self._a)", []),
        ("require_set(self._a)\nuse(self._a)", []),
        ("check(self._a, 'a')\nuse(self._a)", []),
        ("not_really(self._a)", ["self._a"]),
        ("a = self._named('_a')\nuse(a, self._a)", []),
        ("if missing := list(self._lacking()):\n    raise Missing(missing)\nuse(self._a, self._b)", []),
        ("missing = tuple(self._lacking())\nlog(missing)\nuse(self._a)", ["self._a"]),
        ("self._check() if given else self._check()\nuse(self._a)", []),
        ("try:\n    self._check()\nexcept Missing:\n    return\nuse(self._a)", []),
        ("try:\n    self._check()\nexcept Missing:\n    pass\nuse(self._a)", ["self._a"]),
        ("super().execute()\nuse(self._a)", ["self._a"]),
    ],
)
def test_functions_of_the_file_are_followed(project: Project, code: str, expected: list[str]) -> None:
    head = """
        from contextlib import contextmanager
        from typing import NoReturn

        def check(value, name):
            if value is None:
                raise Missing(name)

        def require_set(value: object) -> None:
            assert value is not None

        def not_really(value):
            value.x

    """
    assert reads(project, case(code, extra=METHODS, head=head)) == expected


@pytest.mark.parametrize(
    ("base", "code", "expected"),
    [
        ("Local", "self._prepare()\nuse(self._a)", []),
        ("Local", "super()._prepare()\nuse(self._a)", []),
        ("Local", "super().execute()\nuse(self._a)", ["self._a"]),
        ("Elsewhere", "self._prepare()\nuse(self._a)", []),
        ("Elsewhere", "super().execute()\nuse(self._a)", []),
        ("Elsewhere", "self._repository.save(self._a)", ["self._a"]),
        ("ABC", "self._prepare()\nuse(self._a)", ["self._a"]),
    ],
)
def test_methods_of_bases(project: Project, base: str, code: str, expected: list[str]) -> None:
    text = f"""
from abc import ABC
from elsewhere import Elsewhere

class Local:
    def _prepare(self):
        assert self._a

    def execute(self):
        use(1)

class X({base}):
    def __init__(self, repository):
        self._repository = repository

    def execute(self):
{indent(code, "        ")}
"""
    assert reads(project, text) == expected


def test_constants_of_class_and_module(project: Project) -> None:
    check = "for name in {}:\n    if getattr(self, name) is None:\n        raise Missing\nuse(self._a, self._b)"
    extra = "REQUIRED = ('_a', '_b')\nSOME = ('_a',)"
    assert reads(project, case(check.format("self.REQUIRED"), extra=extra)) == []
    assert reads(project, case(check.format("self.SOME"), extra=extra)) == ["self._b"]
    assert reads(project, case(check.format("REQUIRED"), head=extra)) == []
    assert reads(project, case(check.format("SOME"), head=extra)) == ["self._b"]


@pytest.mark.parametrize("decorator", ["checked", "checked()", "self.checked"])
def test_a_decorator_of_the_project_may_check_everything(project: Project, decorator: str) -> None:
    text = f"class X:\n    @{decorator}\n    def execute(self):\n        use(self._a)\n"
    assert reads(project, f"from shop import checked\n{text}") == []


def test_a_decorator_of_another_package_knows_of_no_attributes(project: Project) -> None:
    text = "from tenacity import retry\nclass X:\n    @retry(3)\n    def execute(self):\n        use(self._a)\n"
    assert reads(project, text) == ["self._a"]


def test_what_is_returned(project: Project) -> None:
    text = """
from typing import cast

class X:
    @property
    def book(self):
        if self._b is None:
            return self._b
        return self._a if given else cast(Book, self._a)

    @property
    def title(self):
        return self._a.title
"""
    module = project.module(PATH, text)
    model = module.classes[0]
    found = unchecked_reads(model.methods["book"], model, module, ["_a", "_b"], Purpose.RETURNED)
    assert [(ast.unparse(read.node), read.purpose) for read in found] == [
        ("self._b", Purpose.RETURNED),
        ("self._a", Purpose.RETURNED),
        ("self._a", Purpose.RETURNED),
    ]
    found = unchecked_reads(model.methods["title"], model, module, ["_a"], Purpose.RETURNED)
    assert [read.purpose for read in found] == [Purpose.USED]


def exits(project: Project, code: str, *, extra: str = "", head: str = "") -> set[str]:
    module = project.module(PATH, case(code, extra=extra, head=head))
    model = module.classes[-1]
    return {
        "self" if left.value.is_object else "perhaps" if left.value.may_be_object else "other"
        for left in exits_of(model.methods["execute"], model, module)
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("return self", "self"),
        ("return (self)", "self"),
        ("this = self\nreturn this", "self"),
        ("return self if given else self", "self"),
        ("return cast('X', self)", "self"),
        ("return self.other()", "self"),
        ("return self.partly()", "other"),
        ("return self.nothing()", "other"),
        ("self._x = 1", "other"),
        ("return", "other"),
        ("return None", "other"),
        ("return X()", "other"),
        ("return copy(self)", "other"),
        ("return fluent(self)", "perhaps"),
        ("return self._x", "other"),
        ("raise Missing", ""),
        ("raise NotImplementedError\nreturn 1", ""),
        ("sys.exit()", ""),
        ("while True:\n    pass", ""),
        ("while True:\n    if given:\n        break\nreturn self", "self"),
        ("if given:\n    return self", "self other"),
        ("if given:\n    raise X\nreturn self", "self"),
        ("if given:\n    return self\nelse:\n    return self", "self"),
        ("if given:\n    return self\nelif given[0]:\n    return self", "self other"),
        ("for x in given:\n    return self", "self other"),
        ("for x in given:\n    if x:\n        return self\nelse:\n    return self", "self"),
        ("for x in given:\n    if x:\n        break\nelse:\n    return self", "self other"),
        ("try:\n    return self\nexcept E:\n    return None", "self"),
        ("try:\n    check(given)\n    return self\nexcept E:\n    return None", "self other"),
        ("try:\n    check(given)\nexcept E:\n    raise\nelse:\n    return self", "self"),
        ("try:\n    check(given)\nexcept E:\n    pass\nelse:\n    return self", "self other"),
        ("try:\n    return self\nfinally:\n    close()", "self"),
        ("try:\n    return None\nfinally:\n    return self", "self"),
        ("try:\n    return self\nfinally:\n    return None", "other"),
        ("try:\n    check(given)\nfinally:\n    return self", "self"),
        ("with lock:\n    return self", "self"),
        ("with suppress(E):\n    check(given)\n    return self", "self other"),
        ("with suppress(E):\n    check(given)\nreturn self", "self"),
        ("match given:\n    case []:\n        return self\n    case _:\n        return self", "self"),
        ("match given:\n    case []:\n        return self", "self other"),
        ("match given:\n    case x if x:\n        return self\n    case y:\n        return self", "self"),
        ("def inner():\n    return None\nreturn self", "self"),
        ("x = lambda: None\nreturn self", "self"),
        ("if True:\n    return self", "self"),
        ("assert False\nreturn None", ""),
        ("self = None\nreturn self", "other"),
    ],
)
def test_exits(project: Project, code: str, expected: str) -> None:
    head = "import sys\nfrom copy import copy\nfrom typing import cast\nfrom contextlib import suppress\n"
    extra = """
        def other(self):
            return self

        def partly(self):
            if given:
                return self

        def nothing(self):
            pass
    """
    assert exits(project, code, extra=extra, head=head) == set(expected.split())


def test_nothing_is_too_deep(project: Project) -> None:
    depth = 1_100  # deeper than the stack, and not too deep for the parser of Python 3.11
    checked = "if self._a is None:\n    raise Missing\n"
    chain = "".join(f"elif given == {number}:\n    x = {number}\n" for number in range(depth))
    assert reads(project, case(f"if given is None:\n    pass\n{chain}use(self._a)")) == ["self._a"]
    assert reads(project, case(f"{checked}{chain}use(self._a)")) == []
    assert reads(project, case("x = " + "1 + " * depth + "self._a")) == ["self._a"]
    assert reads(project, case("x = self._a" + ".x()" * depth)) == ["self._a"]
    assert reads(project, case(checked + "x = " + "self._a + " * depth + "1")) == []
    statements = "".join(f"if given[{number}]:\n    x{number} = {number}\n" for number in range(200))
    assert reads(project, case(checked + statements + "use(self._a)")) == []


def test_too_much_is_too_much(project: Project) -> None:
    calls = "".join(f"self._m{number}()\n" for number in range(12))
    methods = "".join(
        f"def _m{number}(self):\n" + "".join(f"    self._m{other}()\n" for other in range(12) if other != number) + "\n"
        for number in range(12)
    )
    assert reads(project, case(calls + "use(self._a)", extra=methods)) == []
