"""What an engine is handed and hands back, and how it gives up."""

from quizgen.model import Frozen


class EngineFault(Exception):
    """The engine is not there or gave up: what happened, and what to do."""


class Page(Frozen, frozen=True, kw_only=True):
    """A page of HTML that needs nothing else, with a name to speak of it."""

    name: str
    html: str


class Printed(Frozen, frozen=True, kw_only=True):
    """A page as PDF, and what the engine could not put into it."""

    pdf: bytes
    complaints: tuple[str, ...] = ()
