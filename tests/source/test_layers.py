"""Which layer a module belongs to."""

from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.settings import LAYERS, Layer
from flake8_pyarch.source.layers import Place
from tests.source.projects import Project, write

SERVICE = """
src/shop/__init__.py src/shop/domain/__init__.py src/shop/usecases/__init__.py src/shop/api/__init__.py
src/shop/persistence/__init__.py src/shop/external/__init__.py src/shop/infrastructure/__init__.py
src/shop/config/__init__.py
"""


@pytest.fixture
def service(tmp_path: Path) -> Project:
    return Project(tmp_path, SERVICE)


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("domain/__init__.py", "domain"),
        ("domain/order.py", "domain"),
        ("usecases/borrowers/borrow_book.py", "application"),
        ("api/v1/orders.py", "api"),
        ("persistence/order.py", "persistence"),
        ("external/mail.py", "external"),
        ("infrastructure/clock.py", "infrastructure"),
        ("config/database.py", "config"),
        ("clock.py", None),
        ("utils/text.py", None),
        ("__init__.py", None),
    ],
)
def test_segment_below_the_application_package_decides(service: Project, path: str, layer: str | None) -> None:
    assert service.layer(f"src/shop/{path}") == layer


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("domain/repositories/order.py", "domain"),
        ("domain/services/pricing.py", "domain"),
        ("api/services/order.py", "api"),
        ("usecases/ports/order.py", "application"),
        ("persistence/api/order.py", "persistence"),
        ("config/domain.py", "config"),
    ],
)
def test_rest_of_the_path_has_no_say(service: Project, path: str, layer: str) -> None:
    assert service.layer(f"src/shop/{path}") == layer


@pytest.mark.parametrize(("layer", "name"), [(layer, name) for layer in LAYERS for name in sorted(LAYERS[layer].names)])
def test_every_name_of_the_table(tmp_path: Path, layer: Layer, name: str) -> None:
    project = Project(tmp_path, "src/shop/domain/a.py src/shop/application/a.py src/shop/web/a.py")
    write(tmp_path, [f"src/shop/{name}/order.py"])
    assert project.layer(f"src/shop/{name}/order.py") == layer


@pytest.mark.parametrize(
    ("paths", "is_application_package"),
    [
        ("domain/a.py api/a.py", True),
        ("entities/a.py services/a.py", True),
        ("usecases/a.py db/a.py", True),
        ("use_case/a.py value_objects/a.py", True),
        ("domain.py services/a.py", True),
        ("domain/a.pyi api/a.pyi", True),
        ("domain/order/a.py api/v1/a.py", True),
        ("services/a.py api/a.py", False),  # two rings, none strong
        ("value_objects/a.py ports/a.py web/a.py", False),  # three rings, none strong
        ("domain/a.py entities/a.py", False),  # one ring
        ("domain/a.py config/a.py", False),  # `config` is off the rings
        ("domain/a.py config.py", False),
        ("domain/a.py", False),
        ("domain/a.py application.py", False),  # a composition module is no name
        ("domain/a.py app.py main.py", False),
        ("domain/a.py web/index.html", False),  # nothing in it can be imported
        ("domain/a.py web/node_modules/gyp/a.py", False),
        ("domain/a.py api/", False),
        ("Domain/a.py API/a.py", False),  # names are lower case
        ("domain/a.py inbound/a.py", False),  # a name only below infrastructure
    ],
)
def test_what_is_an_application_package(tmp_path: Path, paths: str, is_application_package: bool) -> None:  # noqa: FBT001
    project = Project(tmp_path, " ".join(f"src/shop/{path}" for path in paths.split(" ")))
    package = project.tree.place(project.location("src/shop/deep/down/a.py")).application_package
    assert package == ("shop" if is_application_package else None)


def test_modules_count_as_names_like_packages_do(tmp_path: Path) -> None:
    project = Project(tmp_path, "app/domain/order.py app/services.py app/config.py app/orm.py app/application.py")
    assert project.layer("app/services.py") == "application"
    assert project.layer("app/config.py") == "config"
    assert project.layer("app/orm.py") == "persistence"
    assert project.layer("app/application.py") == "composition"


def test_module_counts_although_a_directory_without_python_has_its_name(tmp_path: Path) -> None:
    project = Project(tmp_path, "app/domain/order.py app/web.py app/web/index.html")
    assert project.layer("app/domain/order.py") == "domain"
    assert project.layer("app/web.py") == "api"


def test_no_application_package_no_layer(tmp_path: Path) -> None:
    project = Project(
        tmp_path, "services/orders/api/a.py services/orders/models/a.py web/views.py lib/application/a.py"
    )
    assert project.layer("services/orders/api/a.py") is None
    assert project.layer("web/views.py") is None
    assert project.layer("lib/application/a.py") is None


def test_source_root_can_be_the_application_package(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/domain/order.py src/api/orders.py src/main.py src/clock.py")
    assert project.layer("src/domain/order.py") == "domain"
    assert project.layer("src/api/orders.py") == "api"
    assert project.tree.place(project.location("src/clock.py")) == Place(application_package="")


def test_names_above_the_source_root_do_not_count(tmp_path: Path) -> None:
    project = Project(tmp_path / "domain", "src/shop/core/a.py src/shop/web/a.py")
    write(tmp_path, ["api/a.py", "usecases/a.py"])
    assert project.layer("src/shop/core/a.py") is None


def test_package_by_feature(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        """
        src/shop/features/orders/domain/a.py src/shop/features/orders/application/a.py
        src/shop/features/orders/adapters/a.py src/shop/features/orders/models.py src/shop/features/mail/send.py
        """,
    )
    assert project.layer("src/shop/features/orders/domain/a.py") == "domain"
    assert project.layer("src/shop/features/orders/application/services/b.py") == "application"
    assert project.layer("src/shop/features/orders/adapters/orm.py") == "persistence"
    assert project.layer("src/shop/features/orders/models.py") is None
    assert project.layer("src/shop/features/mail/send.py") is None


def test_feature_below_the_outermost_application_package(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        "app/domain/a.py app/api/a.py app/modules/orders/domain/a.py app/modules/orders/api/a.py app/api/domain/a.py",
    )
    assert project.layer("app/modules/orders/domain/a.py") == "domain"
    assert project.layer("app/modules/orders/api/a.py") == "api"
    assert project.layer("app/api/domain/a.py") == "api"
    place = project.tree.place(project.location("app/modules/orders/api/a.py"))
    assert place.application_package == "app"


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("api/routes.py", "api"),
        ("web/orders/routes.py", "api"),
        ("inbound/queue.py", "api"),
        ("input/queue.py", "api"),
        ("driving/queue.py", "api"),
        ("http/server.py", "api"),
        ("rest/orders.py", "api"),
        ("graphql/orders.py", "api"),
        ("grpc/orders.py", "api"),
        ("inbound/http/orders.py", "api"),
        ("persistence/orders.py", "persistence"),
        ("orders/repositories/sql.py", "persistence"),
        ("orm.py", "persistence"),
        ("clients/mail.py", "external"),
        ("outbound/http/mail.py", "external"),
        ("output/rest/mail.py", "external"),
        ("driven/payments/grpc/mail.py", "external"),
        ("outbound/graphql.py", "external"),
        ("outbound/persistence/orders.py", "persistence"),
        ("clients/http/mail.py", "external"),
        ("persistence/api/orders.py", "api"),  # the deepest segment decides
        ("api/db.py", "persistence"),
        ("outbound/mail.py", "infrastructure"),
        ("output/input/http/orders.py", "api"),
        ("services/clock.py", "infrastructure"),
        ("domain/clock.py", "infrastructure"),
        ("config/logs.py", "infrastructure"),
        ("__init__.py", "infrastructure"),
    ],
)
@pytest.mark.parametrize("name", ["infrastructure", "infra", "adapters", "adapter"])
def test_refinement_below_infrastructure(tmp_path: Path, name: str, path: str, layer: str) -> None:
    project = Project(tmp_path, f"shop/domain/a.py shop/{name}/__init__.py")
    assert project.layer(f"shop/{name}/{path}") == layer


@pytest.mark.parametrize("name", ["http", "inbound", "outbound", "grpc"])
def test_names_below_infrastructure_mean_nothing_elsewhere(service: Project, name: str) -> None:
    assert service.layer(f"src/shop/{name}/orders.py") is None
    assert service.layer(f"src/shop/persistence/{name}/orders.py") == "persistence"


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("main.py", "composition"),
        ("__main__.py", "composition"),
        ("application.py", "composition"),
        ("asgi.py", "composition"),
        ("wsgi.py", "composition"),
        ("container.py", "composition"),
        ("container/__init__.py", "composition"),
        ("container/parts/orders.py", "composition"),
        ("di/orders.py", "composition"),
        ("api/dependencies/db.py", "composition"),
        ("api/deps.py", "composition"),
        ("api/main.py", "composition"),
        ("api/app.py", "composition"),
        ("usecases/wiring.py", "composition"),
        ("infrastructure/ioc/orders.py", "composition"),
        ("infrastructure/persistence/providers.py", "composition"),
        ("config/bootstrap.py", "composition"),
        ("domain/container.py", "domain"),  # nothing inside the domain is composition
        ("domain/providers/prices.py", "domain"),
        ("main/orders.py", None),  # packages of these names hold whole services
        ("app/orders.py", None),
        ("application/orders.py", "application"),
        ("api/app/orders.py", "api"),
        ("main/__init__.py", None),
        ("api/container_ship.py", "api"),
        ("Container.py", None),
    ],
)
def test_composition(service: Project, path: str, layer: str | None) -> None:
    assert service.layer(f"src/shop/{path}") == layer


def test_composition_name_above_the_layer_has_no_say(tmp_path: Path) -> None:
    project = Project(tmp_path, "di/domain/a.py di/api/a.py app/domain/a.py app/api/a.py")
    assert project.layer("di/api/a.py") == "api"
    assert project.layer("di/clock.py") == "composition"
    assert project.layer("app/domain/x.py") == "domain"
    assert project.layer("app/api/x.py") == "api"


def test_composition_settings(tmp_path: Path) -> None:
    replaced = Project(tmp_path, SERVICE, composition=["glue"])
    assert replaced.layer("src/shop/glue.py") == "composition"
    assert replaced.layer("src/shop/glue/orders.py") == "composition"
    assert replaced.layer("src/shop/main.py") is None
    extended = Project(tmp_path, SERVICE, extend_composition=["glue"])
    assert extended.layer("src/shop/api/glue/orders.py") == "composition"
    assert extended.layer("src/shop/main.py") == "composition"


def layered(root: Path, paths: str, **layers: Any) -> Project:
    return Project(root, paths, layers=layers)


def test_directory_names_of_a_setting_need_no_application_package(tmp_path: Path) -> None:
    project = layered(tmp_path, "lib/core/order.py lib/orders.py", domain={"packages": ["core"]})
    assert project.layer("lib/core/order.py") == "domain"
    assert project.layer("lib/core/__init__.py") == "domain"
    assert project.layer("lib/core.py") is None
    assert project.layer("lib/orders.py") is None


def test_setting_replaces_the_names_of_its_layer_alone(tmp_path: Path) -> None:
    project = layered(tmp_path, "shop/core/a.py shop/domain/a.py shop/services/a.py", domain={"packages": ["core"]})
    assert project.layer("shop/core/a.py") == "domain"
    assert project.layer("shop/domain/a.py") is None
    assert project.layer("shop/services/a.py") == "application"


def test_setting_takes_a_name_from_another_layer(tmp_path: Path) -> None:
    project = layered(tmp_path, "shop/domain/a.py shop/services/a.py", api={"packages": ["services"]})
    assert project.layer("shop/services/a.py") == "api"
    assert project.layer("shop/api/a.py") is None


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("shop.core", "shop/core.py", True),
        ("shop.core", "shop/core/__init__.py", True),
        ("shop.core", "shop/core/deep/order.py", True),
        ("shop.core", "shop/core_extra.py", False),
        ("shop.core", "lib/shop/core.py", False),
        ("shop.*.core", "shop/orders/core/order.py", True),
        ("shop.*.core", "shop/core/order.py", False),
        ("shop.*.core", "shop/a/b/core.py", False),
        ("shop.**.core", "shop/a/b/core.py", True),
        ("*.core", "shop/core.py", True),
        ("shop.*_core", "shop/order_core/a.py", True),
        ("core*", "core_lib/a.py", True),
        ("core*", "shop/core_lib/a.py", False),
        ("shop.c.re", "shop/core.py", False),
    ],
)
def test_pattern_of_a_setting(tmp_path: Path, pattern: str, path: str, matches: bool) -> None:  # noqa: FBT001
    project = layered(tmp_path, "", domain={"packages": [pattern]})
    assert project.layer(path) == ("domain" if matches else None)


def test_longer_match_wins_then_the_one_with_fewer_wildcards(tmp_path: Path) -> None:
    project = layered(
        tmp_path,
        "",
        domain={"packages": ["shop.*.model", "lib.model"]},
        application={"packages": ["shop.orders", "shop.orders.model.flows"]},
        persistence={"packages": ["lib.*"]},
    )
    assert project.layer("shop/orders/place.py") == "application"
    assert project.layer("shop/orders/model/order.py") == "domain"
    assert project.layer("shop/orders/model/flows/place.py") == "application"
    assert project.layer("lib/model/order.py") == "domain"
    assert project.layer("lib/other/order.py") == "persistence"


def test_pattern_wins_over_directory_name_and_setting_over_default(tmp_path: Path) -> None:
    project = layered(
        tmp_path,
        SERVICE,
        application={"packages": ["shop.domain.flows"]},
        external={"packages": ["domain", "mail"]},
    )
    assert project.layer("src/shop/domain/flows/place.py") == "application"
    assert project.layer("src/shop/domain/order.py") == "external"
    assert project.layer("src/shop/api/mail/send.py") == "external"


def test_extended_names_count_like_default_ones(tmp_path: Path) -> None:
    project = layered(
        tmp_path,
        "shop/core/a.py shop/flows/a.py lib/core/a.py",
        domain={"extend-packages": ["core"]},
        application={"extend-packages": ["flows", "tools.jobs"]},
    )
    assert project.layer("shop/core/a.py") == "domain"
    assert project.layer("shop/flows/a.py") == "application"
    assert project.layer("shop/domain/a.py") == "domain"
    assert project.layer("lib/core/a.py") is None
    assert project.layer("tools/jobs/a.py") == "application"


def test_refinement_follows_the_settings(tmp_path: Path) -> None:
    project = layered(
        tmp_path,
        "shop/domain/a.py shop/infrastructure/a.py",
        persistence={"extend-packages": ["storage"]},
        external={"packages": ["http"]},
        api={"packages": ["shop.front"]},
    )
    assert project.layer("shop/infrastructure/storage/a.py") == "persistence"
    assert project.layer("shop/infrastructure/http/a.py") == "external"
    assert project.layer("shop/infrastructure/rest/a.py") == "infrastructure"
    assert project.layer("shop/infrastructure/web/a.py") == "infrastructure"


def test_refinement_below_a_directory_of_a_setting(tmp_path: Path) -> None:
    project = layered(tmp_path, "", infrastructure={"packages": ["edge", "lib.parts"]})
    assert project.layer("shop/edge/db/a.py") == "persistence"
    assert project.layer("shop/edge/a.py") == "infrastructure"
    assert project.layer("lib/parts/web/a.py") == "api"


def test_composition_below_layers_of_settings(tmp_path: Path) -> None:
    project = layered(tmp_path, "", domain={"packages": ["core"]}, api={"packages": ["shop.container.front"]})
    assert project.layer("shop/core/container/a.py") == "domain"
    assert project.layer("shop/container/front/a.py") == "api"
    assert project.layer("shop/container/front/di/a.py") == "composition"


@pytest.mark.parametrize(
    ("layer", "forbidden"),
    [
        (Layer.DOMAIN, "application api persistence external infrastructure config composition"),
        (Layer.APPLICATION, "api persistence external infrastructure config composition"),
        (Layer.API, "persistence external infrastructure"),
        (Layer.PERSISTENCE, "api external"),
        (Layer.EXTERNAL, "api persistence"),
        (Layer.INFRASTRUCTURE, "api"),
        (Layer.CONFIG, "application api persistence external infrastructure"),
    ],
)
def test_what_a_layer_may_not_import(service: Project, layer: Layer, forbidden: str) -> None:
    places = {str(other): Place(layer=other) for other in Layer} | {"composition": Place(is_composition=True)}
    assert {name for name, place in places.items() if service.tree.forbids(layer, place)} == set(forbidden.split())
    assert not service.tree.forbids(layer, Place())


def test_may_import_replaces_what_a_layer_may_import(tmp_path: Path) -> None:
    project = layered(
        tmp_path,
        SERVICE,
        domain={"may-import": ["config"]},
        application={"may-import": ["composition"]},
        api={"may-import": []},
    )
    forbids = project.tree.forbids
    assert not forbids(Layer.DOMAIN, Place(layer=Layer.CONFIG))
    assert forbids(Layer.DOMAIN, Place(is_composition=True))
    assert not forbids(Layer.APPLICATION, Place(is_composition=True))
    assert forbids(Layer.APPLICATION, Place(layer=Layer.DOMAIN))
    assert forbids(Layer.API, Place(layer=Layer.APPLICATION))
    assert not forbids(Layer.API, Place(layer=Layer.API))
    assert not forbids(Layer.API, Place(is_composition=True))
    assert forbids(Layer.PERSISTENCE, Place(layer=Layer.EXTERNAL))


def test_namespace_packages_have_layers_too(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/org/shop/domain/order.py src/org/shop/api/v1/orders.py")
    assert project.layer("src/org/shop/domain/order.py") == "domain"
    assert project.layer("src/org/shop/api/v1/orders.py") == "api"


def test_target_has_the_layer_of_its_own_path(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/shop/domain/a.py src/shop/api/a.py")
    importer = project.location("src/shop/domain/a.py")
    for dotted, layer in (("shop.api.a.x", "api"), ("shop.api", "api"), ("shop.domain.nothing", "domain")):
        target = project.tree.find(dotted, importer)
        assert target is not None
        assert project.tree.place(target).layer == layer


def test_application_that_is_the_web_application(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        "src/domain/note.py src/application/api/notes.py src/application/notes.py src/infra/store.py",
    )
    assert project.layer("src/application/api/notes.py") == "api"
    assert project.layer("src/application/notes.py") == "application"
    write(tmp_path, ["src/web/pages.py"])
    assert Project(tmp_path).layer("src/application/api/notes.py") == "application"
