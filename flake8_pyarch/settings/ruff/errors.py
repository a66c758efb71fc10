"""The error that settings raise which Ruff would refuse."""

__all__ = ["RuffError"]


class RuffError(Exception):
    """Ruff would refuse its settings.

    Arguments:
        problem: why.

    """

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)
