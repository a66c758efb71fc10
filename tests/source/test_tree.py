"""What module a file is, what file a dotted name is, and where a package comes from."""

import os
from pathlib import Path

import pytest

from flake8_pyarch.source import Location
from tests.source.projects import Project, write

# What module a file is


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("src/shop/domain/order.py", "shop.domain.order"),
        ("src/shop/__init__.py", "shop"),
        ("src/shop/domain/__init__.py", "shop.domain"),
        ("src/main.py", "main"),
        ("src/__init__.py", "__init__"),
        ("tools/build.py", "tools.build"),
        ("setup.py", "setup"),
        ("src/shop/order.pyi", "shop.order"),
        ("order-service/app/main.py", "order-service.app.main"),
    ],
)
def test_dotted_name_is_the_path_below_the_longest_root(tmp_path: Path, path: str, name: str) -> None:
    assert Project(tmp_path, "src/").name(path) == name


def test_package_is_told_from_module(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/")
    assert project.location("src/shop/__init__.py") == Location(str(tmp_path / "src"), ("shop",), is_package=True)
    assert project.location("src/shop.py") == Location(str(tmp_path / "src"), ("shop",), is_package=False)


def test_package_contains_what_stands_below_it(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/ lib/", src=["src", "lib"])
    shop = project.location("src/shop/__init__.py")
    assert shop.contains(shop)
    assert shop.contains(project.location("src/shop/domain/order.py"))
    assert not shop.contains(project.location("src/shopping.py"))
    assert not shop.contains(project.location("lib/shop/order.py"))
    assert not project.location("src/shop.py").contains(project.location("src/shop/order.py"))


def test_without_src_directory_the_project_is_the_root(tmp_path: Path) -> None:
    assert Project(tmp_path).name("shop/order.py") == "shop.order"
    assert Project(tmp_path).name("src/shop/order.py") == "src.shop.order"


def test_file_outside_the_project_stands_alone(tmp_path: Path) -> None:
    location = Project(tmp_path / "project", "src/").location(str(tmp_path / "elsewhere" / "shop" / "order.py"))
    assert (location.name, location.root) == ("order", str(tmp_path / "elsewhere" / "shop"))


def test_root_that_begins_like_another_does_not_contain_it(tmp_path: Path) -> None:
    project = Project(tmp_path, "lib/ library/", src=["lib"])
    assert project.name("lib/a.py") == "a"
    assert project.location("library/shop/a.py").root == str(tmp_path / "library/shop")


def test_src_may_list_several_roots_of_which_the_longest_wins(tmp_path: Path) -> None:
    project = Project(tmp_path, "services/orders/src/", src=[".", "services/orders/src", "services/orders"])
    assert project.name("services/orders/src/app/a.py") == "app.a"
    assert project.name("services/orders/tool.py") == "tool"
    assert project.name("services/mail/a.py") == "services.mail.a"


def test_src_may_hold_globs(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        "services/orders/src/ services/mail/src/ services/readme libs/deep/down/python/",
        src=["services/*/src", "libs/**/python", "services/*/missing"],
    )
    assert project.name("services/orders/src/app/a.py") == "app.a"
    assert project.name("services/mail/src/app/a.py") == "app.a"
    assert project.name("libs/deep/down/python/text/a.py") == "text.a"


def test_glob_characters_in_the_path_of_the_project_are_plain(tmp_path: Path) -> None:
    root = tmp_path / "pro[j]ect*"
    assert Project(root, "services/orders/src/", src=["services/*/src"]).name("services/orders/src/a.py") == "a"


def test_src_that_names_a_file_or_nothing_is_no_root(tmp_path: Path) -> None:
    project = Project(tmp_path, "src", src=["src", "missing", "."])
    assert project.name("missing/a.py") == "missing.a"


def test_src_may_end_with_a_slash_and_lie_elsewhere(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", "code/ ../shared/", src=["code/", "../shared", "./code"])
    assert project.name("code/shop/a.py") == "shop.a"
    assert project.location(str(tmp_path / "shared/text/a.py")).name == "text.a"


def test_directory_with_a_dot_is_where_names_start_anew(tmp_path: Path) -> None:
    project = Project(tmp_path, "services/orders.v2/app/domain/a.py services/orders.v2/app/api/a.py x.py/a.py")
    assert project.name("services/orders.v2/app/domain/a.py") == "app.domain.a"
    assert project.layer("services/orders.v2/app/domain/a.py") == "domain"
    assert project.found("app.api.a", "services/orders.v2/app/domain/a.py") == "app.api.a"
    assert project.name("x.py/a.py") == "a"
    assert project.found("x", "main.py") is None


def test_relative_parts(tmp_path: Path) -> None:
    tree = Project(tmp_path).tree
    assert tree.relative_parts(str(tmp_path / "src" / "a.py")) == ("src", "a.py")
    assert tree.relative_parts(str(tmp_path.parent / "a.py"))[-1] == "a.py"


# What file a dotted name is

SHOP = "src/shop/__init__.py src/shop/models.py src/shop/domain/__init__.py src/shop/domain/order.py src/clock.py"


@pytest.mark.parametrize(
    ("dotted", "found"),
    [
        ("shop", "shop"),
        ("shop.models", "shop.models"),
        ("shop.models.Order", "shop.models"),
        ("shop.models.Order.Line", "shop.models"),
        ("shop.domain", "shop.domain"),
        ("shop.domain.Order", "shop.domain"),
        ("shop.domain.order.Order", "shop.domain.order"),
        ("shop.missing", "shop"),
        ("shop.missing.deeper", "shop"),
        ("clock", "clock"),
        ("clock.now", "clock"),
        ("models", None),
        ("domain.order", None),
        ("Shop", None),
        ("shop.Models", "shop"),
        ("numpy.random", None),
        ("", None),
        ("shop..models", "shop"),
        (".shop", None),
        ("shop/models", None),
    ],
)
def test_most_specific_existing_module_is_found(tmp_path: Path, dotted: str, found: str | None) -> None:
    assert Project(tmp_path, SHOP).found(dotted, "src/shop/api.py") == found


def test_regular_package_before_module_before_namespace_package(tmp_path: Path) -> None:
    project = Project(tmp_path, "a.py a/__init__.py a/x.py b.py b/x.py c/x.py d.py d/")
    assert project.found("a.x", "main.py") == "a.x"
    assert project.found("b.x", "main.py") == "b"
    assert project.found("c.x", "main.py") == "c.x"
    assert project.found("d", "main.py") == "d"


def test_namespace_package_is_found_where_the_name_leads_on(tmp_path: Path) -> None:
    project = Project(tmp_path, "alembic/env.py alembic/versions/a.py src/org/shop/order.py data/x.csv")
    assert project.found("alembic", "main.py") is None
    assert project.found("alembic.op", "main.py") is None
    assert project.found("alembic.context", "alembic/env.py") is None
    assert project.found("alembic.env", "main.py") == "alembic.env"
    assert project.found("org.shop.order.Order", "main.py") == "org.shop.order"
    assert project.found("org.shop.missing", "main.py") == "org.shop"
    assert project.found("org.missing", "main.py") is None
    assert project.found("data.x", "main.py") is None


def test_namespace_package_spread_over_several_roots(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        "libs/a/acme/core/text.py libs/b/acme/core/time.py libs/b/acme/web/__init__.py libs/a/acme/web/views.py",
        src=["libs/*"],
    )
    assert project.found("acme.core.time.now", "libs/a/acme/core/text.py") == "acme.core.time"
    assert project.found("acme.core.text", "libs/b/acme/core/time.py") == "acme.core.text"
    assert project.found("acme.core.missing", "libs/b/acme/core/time.py") == "acme.core"


def test_regular_package_of_the_own_root_ends_the_search(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        """
        services/a/app/__init__.py services/a/app/models.py services/a/clock.py services/b/clock/now.py
        services/b/app/__init__.py services/b/app/orders.py services/b/app/models/__init__.py
        """,
        src=["services/*"],
    )
    importer = project.location("services/a/app/main.py")
    for dotted, parts in (("app.orders", ("app",)), ("app.models", ("app", "models")), ("clock.now", ("clock",))):
        found = project.tree.find(dotted, importer)
        assert found is not None
        assert (found.root, found.parts) == (str(tmp_path / "services/a"), parts)
    assert project.found("app.orders", "services/b/app/main.py") == "app.orders"


def test_module_has_one_name_however_it_is_imported(tmp_path: Path) -> None:
    project = Project(tmp_path, SHOP)
    assert project.found("src.shop.models.Order", "main.py") == "shop.models"
    assert project.found("src.shop", "src/shop/api.py") == "shop"
    assert project.found("src.clock", "main.py") == "clock"


def test_service_in_a_directory_of_its_own(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        """
        services/orders/app/__init__.py services/orders/app/domain/__init__.py services/orders/app/api/__init__.py
        services/orders/shared/__init__.py services/orders/shared/text.py
        services/mail/app/domain/a.py services/mail/app/api/a.py
        """,
    )
    importer = "services/orders/app/domain/order.py"
    assert project.found("app.api.missing", importer) == "services.orders.app.api"
    assert project.layer("services/orders/app/domain/order.py") == "domain"
    assert project.found("shared.text", importer) == "services.orders.shared.text"
    assert project.found("shared.Text", importer) is None
    assert project.found("app.Settings", importer) == "services.orders.app"
    assert project.found("mail.app", importer) is None
    assert project.found("app.api.a", "services/mail/app/domain/a.py") == "services.mail.app.api.a"
    assert project.found("domain.a", "services/mail/app/domain/a.py") is None


def test_distribution_directory_named_like_its_package(tmp_path: Path) -> None:
    project = Project(tmp_path, "platform/auctions/auctions/__init__.py platform/auctions/auctions/domain/__init__.py")
    importer = "platform/auctions/auctions/application/a.py"
    assert project.found("auctions.domain", importer) == "platform.auctions.auctions.domain"


def test_part_of_a_package_is_no_top_level_package(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        """
        app/__init__.py app/infrastructure/__init__.py app/infrastructure/redis/__init__.py
        bare/domain/a.py bare/api/a.py bare/infrastructure/redis/client.py bare/infrastructure/celery/__init__.py
        """,
    )
    assert project.found("redis.asyncio", "app/infrastructure/redis/client.py") is None
    assert project.found("redis.client", "bare/infrastructure/redis/client.py") is None
    assert project.found("celery", "bare/infrastructure/celery/tasks.py") is None


def test_stated_roots_are_all_there_are(tmp_path: Path) -> None:
    project = Project(tmp_path, "services/orders/app/__init__.py services/orders/app/a.py", src=["."])
    assert project.found("app.a", "services/orders/app/b.py") is None


def test_stub_files_are_modules(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/shop/__init__.pyi src/shop/native.pyi")
    assert project.found("shop.native.run", "src/shop/a.py") == "shop.native"


# Where a package comes from


@pytest.mark.parametrize(
    ("dotted", "origin"),
    [
        ("os.path", "STANDARD_LIBRARY"),
        ("logging", "STANDARD_LIBRARY"),
        ("shop.models", "FIRST_PARTY"),
        ("shop", "FIRST_PARTY"),
        ("clock", "FIRST_PARTY"),
        ("sqlalchemy.orm", "THIRD_PARTY"),
        ("models", "THIRD_PARTY"),
        ("google.cloud", "THIRD_PARTY"),
    ],
)
def test_origin(tmp_path: Path, dotted: str, origin: str) -> None:
    assert Project(tmp_path, SHOP).origin(dotted, "src/shop/api.py") == origin


def test_first_party_package_of_a_known_name(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/requests/__init__.py src/celery.py src/shop/redis/__init__.py")
    assert project.origin("requests.models", "src/shop/a.py") == "FIRST_PARTY"
    assert project.origin("celery", "src/shop/a.py") == "FIRST_PARTY"
    assert project.origin("redis", "src/shop/redis/a.py") == "THIRD_PARTY"


def test_directory_named_like_a_distribution(tmp_path: Path) -> None:
    project = Project(tmp_path, "docker/redis/__init__.py docker/redis/client.py")
    assert project.origin("redis", "docker/redis/a.py") == "THIRD_PARTY"
    assert project.origin("redis.Redis", "docker/redis/a.py") == "THIRD_PARTY"
    assert project.origin("redis.client", "docker/redis/a.py") == "FIRST_PARTY"


# What a directory holds


def test_listing(tmp_path: Path) -> None:
    write(tmp_path, ["a.py", "b.pyi", "c.txt", "d.py/", "e/", "f.tar.py", ".cache/", "__pycache__/"])
    listing = Project(tmp_path).tree.listing(str(tmp_path))
    assert listing.modules == {"a", "b", "f.tar"}
    assert listing.packages == {"e"}
    assert listing.holds("a")
    assert listing.holds("e")
    assert not listing.holds("d")


def test_directory_that_cannot_be_read_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path, "shop/domain/a.py shop/api/a.py")
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("api"):
            raise PermissionError(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert project.layer("shop/domain/a.py") is None
    assert project.found("shop.api.a", "shop/domain/a.py") == "shop"
    assert not project.tree.holds_python(str(tmp_path / "missing"))


def test_symbolic_links_in_a_circle(tmp_path: Path) -> None:
    project = Project(tmp_path, "shop/domain/a.py shop/web/")
    (tmp_path / "shop/self").symlink_to("self")
    (tmp_path / "shop/gone").symlink_to("nowhere")
    (tmp_path / "shop/web/up").symlink_to("..", target_is_directory=True)
    (tmp_path / "shop/web/round").symlink_to(".", target_is_directory=True)
    assert project.tree.listing(str(tmp_path / "shop")).packages == {"domain", "web"}
    assert project.tree.holds_python(str(tmp_path / "shop/web"))
    assert project.tree.holds_python(str(tmp_path / "shop"))


def test_linked_package_is_a_package(tmp_path: Path) -> None:
    project = Project(tmp_path, "lib/shop/__init__.py lib/shop/models.py src/")
    (tmp_path / "src/shop").symlink_to("../lib/shop", target_is_directory=True)
    assert project.found("shop.models", "src/a.py") == "shop.models"


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("a.py", True),
        ("a/b/c/d/e.py", True),
        ("a/b/c/d/e/f.py", False),  # too deep to look
        ("a-b/c.py", False),  # cannot be imported
        ("node_modules/gyp/a.py", False),
        ("__pycache__/a.py", False),
        ("a/b.txt", False),
    ],
)
def test_holds_python(tmp_path: Path, path: str, holds: bool) -> None:  # noqa: FBT001
    project = Project(tmp_path, f"top/{path}")
    assert project.tree.holds_python(str(tmp_path / "top")) is holds


def test_what_is_found_does_not_depend_on_what_was_asked_before(tmp_path: Path) -> None:
    project = Project(tmp_path, "top/a/b/c/d/e/f.py")
    assert not project.tree.holds_python(str(tmp_path / "top"))
    assert project.tree.holds_python(str(tmp_path / "top/a/b/c/d/e"))
    assert project.tree.holds_python(str(tmp_path / "top/a"))
    assert not project.tree.holds_python(str(tmp_path / "top"))


def test_each_directory_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path, SHOP)
    scan, scanned = os.scandir, []

    def count(path: str) -> object:
        scanned.append(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", count)
    for _ in range(3):
        project.layer("src/shop/domain/order.py")
        project.found("shop.domain.order.Order", "src/shop/api.py")
        project.found("sqlalchemy.orm", "src/shop/api.py")
    assert len(scanned) == len(set(scanned))
