"""The layers of Clean Architecture: their names, their rings, and what each may import."""

from enum import StrEnum
from typing import NamedTuple

__all__ = ["LAYERS", "OUTER_LAYERS", "Layer", "LayerDefinition"]


class Layer(StrEnum):
    """A layer of a service, from the inside out; `CONFIG` stands beside the rings."""

    DOMAIN = "domain"
    APPLICATION = "application"
    API = "api"
    PERSISTENCE = "persistence"
    EXTERNAL = "external"
    INFRASTRUCTURE = "infrastructure"
    CONFIG = "config"


class LayerDefinition(NamedTuple):
    """What makes a directory a layer, as far as no setting says otherwise.

    Arguments:
        ring: distance from the centre, or None for a layer off the rings.
        names: directory and module names that stand for the layer.
        strong: the names that alone suggest Clean Architecture; the others mean it only in their company.
        may_import: the other layers it may import.
        names_below_infrastructure: further names that count only inside the infrastructure layer.

    """

    ring: int | None
    names: frozenset[str]
    strong: frozenset[str]
    may_import: frozenset[Layer]
    names_below_infrastructure: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OUTER_RING = 2

LAYERS: dict[Layer, LayerDefinition] = {
    Layer.DOMAIN: LayerDefinition(
        ring=0,
        names=_words("domain entities value_objects aggregates"),
        strong=_words("domain entities"),
        may_import=frozenset(),
    ),
    Layer.APPLICATION: LayerDefinition(
        ring=1,
        names=_words("application usecases use_cases usecase use_case interactors services ports"),
        strong=_words("application usecases use_cases usecase use_case interactors"),
        may_import=frozenset({Layer.DOMAIN}),
    ),
    Layer.API: LayerDefinition(
        ring=_OUTER_RING,
        names=_words("api presentation controllers routers endpoints web"),
        strong=frozenset(),
        may_import=frozenset({Layer.APPLICATION, Layer.DOMAIN, Layer.CONFIG}),
        names_below_infrastructure=_words("inbound input driving http rest graphql grpc"),
    ),
    Layer.PERSISTENCE: LayerDefinition(
        ring=_OUTER_RING,
        names=_words("persistence repositories db database orm"),
        strong=frozenset(),
        may_import=frozenset({Layer.APPLICATION, Layer.DOMAIN, Layer.CONFIG, Layer.INFRASTRUCTURE}),
    ),
    Layer.EXTERNAL: LayerDefinition(
        ring=_OUTER_RING,
        names=_words("external clients gateways integrations"),
        strong=frozenset(),
        may_import=frozenset({Layer.APPLICATION, Layer.DOMAIN, Layer.CONFIG, Layer.INFRASTRUCTURE}),
        names_below_infrastructure=_words("http rest graphql grpc"),
    ),
    Layer.INFRASTRUCTURE: LayerDefinition(
        ring=_OUTER_RING,
        names=_words("infrastructure infra adapters adapter"),
        strong=frozenset(),
        may_import=frozenset({Layer.APPLICATION, Layer.DOMAIN, Layer.CONFIG, Layer.PERSISTENCE, Layer.EXTERNAL}),
    ),
    Layer.CONFIG: LayerDefinition(
        ring=None,
        names=_words("config configs configuration settings"),
        strong=frozenset(),
        may_import=frozenset({Layer.DOMAIN}),
    ),
}

OUTER_LAYERS = frozenset(layer for layer, definition in LAYERS.items() if definition.ring == _OUTER_RING)
"""The layers in the outermost ring: delivery, storage and other services."""
