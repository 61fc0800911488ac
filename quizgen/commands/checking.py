"""What is wrong with a project's questions: what reading and the rules find, each with its place."""

from collections.abc import Mapping
from pathlib import Path

from quizgen.bank import Reading, locate
from quizgen.bank.compiled import keep
from quizgen.checks.catalogue import findings
from quizgen.checks.grounding.sources import ground, heeding_documents
from quizgen.checks.kept import Kept
from quizgen.checks.silencing import asked, needs_notes, settled
from quizgen.model import Bank
from quizgen.problem import Problem

FOUND = Path("build", ".cache", "found.msgpack")
"""What was found of each question, beside the compiled copy of the bank."""


def all_problems(
    reading: Reading,
    *,
    notes: bool = False,
    documents: Mapping[str, tuple[str, ...]] | None = None,
    kept: Kept | None = None,
) -> tuple[Problem, ...]:
    """What reading found and what the rules find and the bank does not silence; with documents, by
    name, also what does not stand in them. What is kept of a question is not looked for again.
    """
    found = all_found(reading, notes=notes, documents=documents, kept=kept)
    return reading.problems + locate(found, reading.origin)


def all_found(
    reading: Reading,
    *,
    notes: bool = False,
    documents: Mapping[str, tuple[str, ...]] | None = None,
    kept: Kept | None = None,
) -> tuple[Problem, ...]:
    """The same without what reading found, by item and field alone."""
    bank = reading.bank
    if bank is None:
        return ()
    with_notes = notes or needs_notes(bank)
    codes = codes_asked(bank, notes=with_notes, documents=documents)
    found = findings(bank, notes=with_notes, kept=kept)
    if documents:
        found = (*heeding_documents(bank, found, documents), *ground(bank, documents))
    return settled(reading, found, codes=codes, notes=notes)


def codes_asked(
    bank: Bank, *, notes: bool, documents: Mapping[str, tuple[str, ...]] | None
) -> frozenset[str]:
    """The rules that say all that they have to say; those of documents, only with all of these."""
    given = {document.name for document in bank.documents}.issubset(documents or ())
    return asked(notes=notes, documents=bool(documents) and given)


def read_kept(root: Path) -> Kept:
    """What was found of the project's questions before; nothing where nothing was, or by others."""
    try:
        return Kept.from_bytes((root / FOUND).read_bytes())
    except OSError:
        return Kept()


def write_kept(root: Path, kept: Kept) -> None:
    """Write it down where there is news; a disk that refuses costs only time."""
    if kept.is_new:
        keep(root / FOUND, kept.to_bytes())
