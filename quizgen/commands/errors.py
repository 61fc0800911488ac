"""What keeps a bank from being built: errors of reading, what is wrong by construction, and facts
that do not stand in the document that the bank names a file of.
"""

from pathlib import Path

from quizgen.bank import Reading, locate
from quizgen.checks.scope import heeded
from quizgen.checks.wrong import errors
from quizgen.model import Bank
from quizgen.problem import Problem


def all_errors(root: Path, reading: Reading) -> tuple[Problem, ...]:
    """What reading finds, and what the rules find that is wrong by construction, or is an error
    since the bank says so. Documents are those whose `file` the bank names; one that cannot be
    read is a warning.
    """
    bank = reading.bank
    if bank is None:
        return reading.problems
    texts, unread = _documents(root, reading, bank)
    beside = locate(unread, reading.origin)
    if "error" in bank.checking.severities.values():
        from quizgen.commands.checking import all_problems  # all rules, which take a while to load

        found = all_problems(reading, documents=texts)[len(reading.problems) :]
        wrong = tuple(one for one in found if one.severity == "error")
        return (*reading.problems, *wrong, *beside)
    found = (*errors(bank), *(_broken(bank, texts) if texts else ()))
    return (*reading.problems, *locate(found, reading.origin), *beside)


def _documents(
    root: Path, reading: Reading, bank: Bank
) -> tuple[dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    if not any(document.file for document in bank.documents):
        return {}, ()
    from quizgen.commands.grounding import documents_at_hand  # with all that reads documents

    texts, unread = documents_at_hand(root, reading, ())
    return dict(texts), unread


def _broken(bank: Bank, texts: dict[str, tuple[str, ...]]) -> tuple[Problem, ...]:
    from quizgen.checks.grounding.sources import broken_sources

    return heeded(bank, broken_sources(bank, texts))
