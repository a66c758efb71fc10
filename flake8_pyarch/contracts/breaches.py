"""What breaks a contract."""

from typing import NamedTuple

from flake8_pyarch.graph.chains import Chain

__all__ = ["Breach"]


class Breach(NamedTuple):
    """One way in which a contract is broken.

    Arguments:
        importer: the module of the contract that may not import.
        imported: what it may not import.
        chain: how it does; two modules where the import is direct, none where a module is in no layer.
        imports: how many imports there are from the one to the other, where siblings form a loop.

    """

    importer: str
    imported: str
    chain: Chain
    imports: int = 1
