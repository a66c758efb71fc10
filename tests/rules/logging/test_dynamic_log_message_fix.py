"""What the fix of dynamic-log-message writes, and where there is none."""

import re
from pathlib import Path

import pytest

from tests.fixes import check, fixed

CODE = "PYA601"
HEAD = "import structlog\n\nlogger = structlog.get_logger()\n"


EVENTS = [
    # f-strings
    ('logger.info(f"book {book_id} lent")', 'logger.info("book lent", book_id=book_id)'),
    ("logger.info(f'book {book_id} lent')", "logger.info('book lent', book_id=book_id)"),
    ('logger.info(F"book {book_id}")', 'logger.info("book", book_id=book_id)'),
    ('logger.info(f"book { book_id } lent")', 'logger.info("book lent", book_id=book_id)'),
    ('logger.info(f"book {book.id} lent")', 'logger.info("book lent", book_id=book.id)'),
    ('logger.info(f"book {self._book_id} lent")', 'logger.info("book lent", book_id=self._book_id)'),
    ('logger.info(f"book {self.book.id} lent")', 'logger.info("book lent", book_id=self.book.id)'),
    ('logger.info(f"book {a} of {b} lent")', 'logger.info("book of lent", a=a, b=b)'),
    ('logger.info(f"book {a} {a} lent")', 'logger.info("book lent", a=a)'),
    ('logger.info(f"{a} lent {b}")', 'logger.info("lent", a=a, b=b)'),
    ('logger.info(f"lending failed: {error}")', 'logger.info("lending failed", error=error)'),
    ('logger.info(f"lending failed: {e}")', 'logger.info("lending failed", error=e)'),
    ('logger.info(f"{name}: lent")', 'logger.info("lent", name=name)'),
    ('logger.info(f"lent (id={book_id}) to {user}!")', 'logger.info("lent to!", book_id=book_id, user=user)'),
    ('logger.info(f"lent book={book_id}, user={user}")', 'logger.info("lent", book_id=book_id, user=user)'),
    ("logger.info(f\"lent '{title}' to <{user}>\")", 'logger.info("lent to", title=title, user=user)'),
    ("logger.info(f'lent \\'{title}\\' now')", "logger.info('lent now', title=title)"),
    ('logger.info(f"loading {path}...")', 'logger.info("loading...", path=path)'),
    ('logger.info(f"100% of {{ {total} }} lent")', 'logger.info("100% of { } lent", total=total)'),
    ('logger.info(f"{{a}} {total}")', 'logger.info("{a}", total=total)'),
    ('logger.info(f"größer als {größe}")', 'logger.info("größer als", größe=größe)'),
    (
        'logger.info(f"a\\tb \\x41\\u00e4\\N{EM DASH} {total}")',
        'logger.info("a\\tb \\x41\\u00e4\\N{EM DASH}", total=total)',
    ),
    ('logger.info(f"a\\nb \\\\ \\" {total} c")', 'logger.info("a\\nb \\\\ \\" c", total=total)'),
    ('logger.info(rf"a\\d {total} b")', 'logger.info(r"a\\d b", total=total)'),
    ('logger.info(fR"a\\N {total} b")', 'logger.info(R"a\\N b", total=total)'),
    ('logger.info(f"""book {total} "lent" """)', 'logger.info("""book "lent" """, total=total)'),
    ('logger.info(f"""book\n{total} lent""")', 'logger.info("""book\n lent""", total=total)'),
    ('print("ä"), logger.info(f"ö {total} ü", note="ß")', 'print("ä"), logger.info("ö ü", total=total, note="ß")'),
    # adjacent literals
    ('logger.info("book " f"{total} " "lent")', 'logger.info("book " "" "lent", total=total)'),
    ("logger.info(f\"book {a} \" f'of {b}')", "logger.info(\"book \" 'of', a=a, b=b)"),
    (
        'logger.info(\n    f"book {a} "  # which\n    f"of {b} lent",  # whose\n    # the end\n)',
        'logger.info(\n    "book "  # which\n    "of lent", a=a, b=b,  # whose\n    # the end\n)',
    ),
    ('logger.info(f"book {a} " \\\n    "lent")', 'logger.info("book " \\\n    "lent", a=a)'),
    ('logger.info("{a} " f"lent {b}")', 'logger.info("{a} " "lent", b=b)'),
    ('logger.info(\n    # why\n    f"book {a}"\n)', 'logger.info(\n    # why\n    "book", a=a\n)'),
    # other places of the event
    ('logger.info(f"book {a}", b=b)', 'logger.info("book", a=a, b=b)'),
    ('logger.info(event=f"book {a}")', 'logger.info(event="book", a=a)'),
    ('logger.info(b=b, event = f"book {a}")', 'logger.info(b=b, event = "book", a=a)'),
    ('logger.log(20, f"book {a}")', 'logger.log(20, "book", a=a)'),
    ('logger.log(level=20, event=f"book {a}")', 'logger.log(level=20, event="book", a=a)'),
    ('logger.bind(a=1).info(f"book {a}")', 'logger.bind(a=1).info("book", a=a)'),
    ('structlog.get_logger().info(f"book {a}",)', 'structlog.get_logger().info("book", a=a,)'),
    ('logger.info (f"book {a}")', 'logger.info ("book", a=a)'),
    # %
    ('logger.info("book %s lent" % a)', 'logger.info("book lent", a=a)'),
    ('logger.info("book %s of %d lent" % (a, book.total))', 'logger.info("book of lent", a=a, book_total=book.total)'),
    ('logger.info("100%% of %s lent" % a)', 'logger.info("100% of lent", a=a)'),
    ('logger.info("book " "%s lent" % (a,))', 'logger.info("book " "lent", a=a)'),
    # .format()
    ('logger.info("book {} lent".format(a))', 'logger.info("book lent", a=a)'),
    ('logger.info("book {} of {} lent".format(a, b))', 'logger.info("book of lent", a=a, b=b)'),
    ('logger.info("book {1} of {0} lent".format(a, b))', 'logger.info("book of lent", b=b, a=a)'),
    ('logger.info("book {title} lent".format(title=book.name))', 'logger.info("book lent", title=book.name)'),
    ('logger.info("{{}} {} lent".format(a))', 'logger.info("{} lent", a=a)'),
]


@pytest.mark.parametrize(("before", "after"), EVENTS)
def test_fix(tmp_path: Path, before: str, after: str) -> None:
    result = fixed(tmp_path, CODE, HEAD + before + "\n")
    assert result == HEAD + after + "\n"
    assert check(tmp_path, CODE, result) == []


def test_several_in_one_file(tmp_path: Path) -> None:
    before = HEAD + 'logger.info(f"a {b}"); logger.info(f"c {d} e")\nlogger.info(f"ä {ö}")\n'
    after = HEAD + 'logger.info("a", b=b); logger.info("c e", d=d)\nlogger.info("ä", ö=ö)\n'
    assert fixed(tmp_path, CODE, before) == after


def test_line_endings_stay(tmp_path: Path) -> None:
    before = (HEAD + 'logger.info(\n    f"a {b} "\n    f"c {d}"\n)\n').replace("\n", "\r\n")
    after = (HEAD + 'logger.info(\n    "a "\n    "c", b=b, d=d\n)\n').replace("\n", "\r\n")
    assert fixed(tmp_path, CODE, before) == after


NO_FIX = [
    # more than a name or attributes
    'logger.info(f"book {a!r}")',
    'logger.info(f"book {a:>10}")',
    'logger.info(f"book {a:{b}}")',
    'logger.info(f"book {a=}")',
    'logger.info(f"book {a()}")',
    'logger.info(f"book {a[0]}")',
    'logger.info(f"book {a + b}")',
    "logger.info(f\"book {a['b']}\")",
    'logger.info(f"book {1}")',
    'logger.info(f"book {(a)}")',
    'logger.info(f"book {a} {b()}")',
    'logger.info("book %r" % a)',
    'logger.info("book %5d" % a)',
    'logger.info("book %(a)s" % {"a": a})',
    'logger.info("book %s" % find(a))',
    'logger.info("book %s %s" % a)',
    'logger.info("book %s" % (a, b))',
    'logger.info("book {!r}".format(a))',
    'logger.info("book {:>10}".format(a))',
    'logger.info("book {a.b}".format(a=a))',
    'logger.info("book {} {}".format(a))',
    'logger.info("book {}".format(a, b))',
    'logger.info("book {} {a}".format(b, a=a))',
    'logger.info("book {}".format(*a))',
    'logger.info("book {a}".format(**a))',
    # no literal
    "logger.info(template % a)",
    "logger.info(template.format(a))",
    'logger.info("book " + a)',
    'logger.info("book " + f"{a}")',
    'logger.info(", ".join(a))',
    'logger.info(f"{a} %s" % b)',
    # no event is left
    'logger.info(f"{a}")',
    'logger.info(f"{a}: {b}")',
    'logger.info(f"{a} - ({b})!")',
    # clashes
    'logger.info(f"book {a}", a=1)',
    'logger.info(f"book {a}", **context)',
    'logger.info(f"book {a.b} {a_b}")',
    'logger.info(f"book {event}")',
    'logger.info(f"book {level}")',
    'logger.info(f"book {exc_info}")',
    'logger.info(f"book {_}")',
    # secrets and correlation IDs
    'logger.info(f"book {token}")',
    'logger.info(f"book {user.password}")',
    'logger.info(f"book {request_id}")',
    # positional values
    'logger.info(f"book {a} %s", b)',
    'logger.info(f"book {a}", *b)',
    # parentheses and comments round the event
    'logger.info((f"book {a}"))',
    'logger.info((f"book {a} "\n    f"lent"))',
    'logger.info("book %s" % (\n    a,  # which\n))',
    'logger.info(("book %s") % a)',
    # texts that are not what they seem
    'logger.info(f"book \\033[1m{a}")',
    'logger.info(f"book \\1{a}2")',
    "logger.info(msg=f'book {a}')",
]


@pytest.mark.parametrize("text", NO_FIX)
def test_no_fix(tmp_path: Path, text: str) -> None:
    (finding,) = check(tmp_path, CODE, HEAD + text + "\n")
    assert finding.fix is None


@pytest.mark.parametrize(
    "head",
    [
        "import logging\nlogger = logging.getLogger(__name__)\n",
        "from shop.logs import logger\n",
        "from loguru import logger\n",
        "import structlog\nlogger = structlog.get_logger()\nimport logging\nlogger = logging.getLogger()\n",
        "import structlog\nimport logging\nlogger = structlog.get_logger() if a else logging.getLogger()\n",
    ],
)
def test_no_fix_where_keywords_may_not_be_taken(tmp_path: Path, head: str) -> None:
    (finding,) = check(tmp_path, CODE, head + 'logger.info(f"book {a}")\n')
    assert finding.fix is None


def test_fix_is_unsafe_and_says_what_it_does(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, CODE, HEAD + 'logger.info(f"book {a}")\n')
    assert finding.fix is not None
    assert not finding.fix.is_safe
    assert re.fullmatch(r"[A-Z][^.]*", finding.fix.message)
