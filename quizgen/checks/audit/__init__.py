"""A bank as a whole: whether it can be passed without knowing anything, and what it asks about."""

from collections.abc import Collection, Mapping

from quizgen.checks.audit.contents import Contents, contents
from quizgen.checks.audit.glance import glances
from quizgen.checks.audit.keys import Ranks, Statements, ranks, statements
from quizgen.checks.audit.leaks import Finding, findings
from quizgen.checks.audit.strategies import guesses
from quizgen.garbage import collector_at_rest
from quizgen.model import Bank, Frozen


class Audit(Frozen, frozen=True, kw_only=True):
    """What is said of a bank; drafts and retired items are left out of everything."""

    name: str
    title: str
    findings: tuple[Finding, ...]
    ranks: tuple[Ranks, ...]
    statements: Statements
    contents: Contents

    @property
    def leaks(self) -> tuple[Finding, ...]:
        """The strategies that beat chance."""
        return tuple(one for one in self.findings if one.verdict == "leak")


def audit(
    bank: Bank, *, paragraphs: Mapping[str, int] | None = None, unlevelled: Collection[str] = ()
) -> Audit:
    """The audit of a bank, the same for the same bank.

    `paragraphs` counts those of the documents at hand, by their names in the bank; `unlevelled`
    names the items for which nobody wrote a level.
    """
    with collector_at_rest():
        single = glances(bank)
        return Audit(
            name=bank.name,
            title=bank.title,
            findings=findings(guesses(bank, single)),
            ranks=ranks(bank, single),
            statements=statements(bank),
            contents=contents(bank, paragraphs=paragraphs or {}, unlevelled=unlevelled),
        )


__all__ = [
    "Audit",
    "Contents",
    "Finding",
    "Ranks",
    "Statements",
    "audit",
]
