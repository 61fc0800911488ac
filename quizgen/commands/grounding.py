"""What became of the facts of a bank in the documents at hand: told by state, and written down.

A digest that is written anew says that an author has read the changed paragraph again.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias, get_args

from msgspec.structs import replace

from quizgen.bank import Reading, locate
from quizgen.checks.grounding.sources import numbers, told
from quizgen.checks.grounding.standing import Missing, Stand, Standing, held_against
from quizgen.checks.scope import in_use
from quizgen.commands.documents import Unreadable, read_document
from quizgen.commands.fixing import fixes, show, write
from quizgen.commands.project import Stop
from quizgen.commands.report import count_of, print_json
from quizgen.model import Bank
from quizgen.problem import Cite, Problem, in_reading_order

STATES: tuple[Standing, ...] = get_args(Standing)
Texts: TypeAlias = Mapping[str, tuple[str, ...]]
"""The paragraphs of documents, by name."""
_NAMED = 10
"""How many questions of a state one line names."""


class Documents(NamedTuple):
    """The documents at hand, and what is wrong with those that are not."""

    texts: Texts
    problems: tuple[Problem, ...]


def add_grounding_options(parser: ArgumentParser) -> None:
    """Which documents are at hand, and what to do with what is found in them."""
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="NAME=PATH",
        help="the text of a document that the bank names under sources (may be given again)",
    )
    parser.add_argument(
        "--grounding",
        action="store_true",
        help="print instead what became of each citation in the documents at hand, by state",
    )
    parser.add_argument(
        "--update-digests",
        action="store_true",
        help="write the digests and numbers of paragraphs that changed or moved, and stop; "
        "with --diff show it alone",
    )


def documents_at_hand(root: Path, reading: Reading, given: Sequence[str]) -> Documents:
    """The documents given as NAME=PATH and, of the others, those whose `file` the bank names.

    Raises Stop where one that is given cannot be read or the bank names no such source.
    """
    declared = {one.name: one for one in reading.bank.documents} if reading.bank else {}
    texts = dict(_given(given, None if reading.bank is None else declared))
    problems = []
    for name, document in declared.items():
        if not document.file or name in texts:
            continue
        try:
            texts[name] = read_document(root / document.file)
        except Unreadable as unreadable:
            problems.append(
                Problem(
                    code="unread_document",
                    message=f'"{document.file}" cannot be read: {unreadable.reason}.',
                    fix=f"Write where the text of {name} is, from the project's folder.",
                    severity="warning",
                    field=f"sources.{name}.file",
                )
            )
    in_order = {name: texts[name] for name in declared or texts if name in texts}
    return Documents(in_order, tuple(problems))


def document_files(root: Path, reading: Reading) -> list[Path]:
    """The files of documents that the bank names."""
    documents = reading.bank.documents if reading.bank else ()
    return [root / document.file for document in documents if document.file]


def _given(
    given: Sequence[str], declared: Mapping[str, object] | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pair in given:
        name, equals, path = pair.partition("=")
        if not (name and equals and path):
            raise Stop(
                f'"{pair}" names no document. Write --source NAME=PATH, such as article=news.txt.'
            )
        if declared is not None and name not in declared:
            known = ", ".join(declared) or "none"
            raise Stop(f'The bank names no source "{name}"; it has: {known}.')
        yield name, read_document(Path(path))


# --- What is told --------------------------------------------------------------------------------


def tell(reading: Reading, documents: Texts, *, is_text: bool, is_asked: bool) -> None:
    """The states of the citations after a check, as text on stdout, and, where documents were asked
    about, which were not looked at; else only how many digests are taken on trust.
    """
    if reading.bank is None:
        return
    for line in _summary(_by_document(reading.bank, documents)) if is_text else ():
        print(line)
    if said := (trusted if is_asked else digests_trusted)(reading.bank, documents):
        print(said, file=sys.stderr)


def trusted(bank: Bank, documents: Mapping[str, object]) -> str:
    """A sentence on the documents that facts rest on and that are not at hand; "" where all are."""
    cited = [item.source.document for item in in_use(bank) if item.source]
    names = sorted(set(cited) - documents.keys())
    if not names:
        return ""
    count = sum(name in names for name in cited)
    return (
        f"Not held against the text: {count_of(count, 'citation')} of {' and '.join(names)}; the "
        f"digests are trusted. To do so: --source {names[0]}=PATH, or file: in bank.yaml."
    )


def digests_trusted(bank: Bank, documents: Mapping[str, object]) -> str:
    """A clause on the digests whose documents are not at hand; "" where there are none, as of a
    book that never was a file.
    """
    cited = [item.source for item in in_use(bank) if item.source and item.source.digest]
    count = sum(source.document not in documents for source in cited)
    return f"{count_of(count, 'digest')} trusted, without the text." if count else ""


def of_citations(args: Namespace, root: Path, reading: Reading, documents: Texts) -> int:
    """The states of all citations alone, or their digests written anew; 1 where one is broken.

    Raises Stop where no document is at hand.
    """
    if reading.bank is None:
        raise Stop("The bank cannot be read; quizgen check says why.", code=1)
    if not documents:
        raise Stop(
            "No document is at hand. Write --source NAME=PATH, such as article=news.txt, or file: "
            "under sources in bank.yaml."
        )
    stands = _by_document(reading.bank, documents)
    if args.update_digests:
        return _update(root, reading, documents, is_diff=args.diff)
    if args.format == "json":
        print_json(_as_value(stands, documents))
    else:
        print(*_summary(stands), sep="\n")
    return int(bool(_broken(stands)))


# --- By state ------------------------------------------------------------------------------------


def _by_document(bank: Bank, documents: Texts) -> Mapping[str, Sequence[Stand]]:
    found: dict[str, list[Stand]] = {name: [] for name in documents}
    for stand in held_against(bank, documents):
        found[stand.source.document].append(stand)
    return found


def _broken(stands: Mapping[str, Sequence[Stand]]) -> list[Stand]:
    return [one for those in stands.values() for one in those if one.state == "broken"]


def _summary(found: Mapping[str, Sequence[Stand]]) -> Iterator[str]:
    """For each document how many citations are in each state, and which are not ok."""
    for name, stands in found.items():
        counts = [(state, [one for one in stands if one.state == state]) for state in STATES]
        said = ", ".join(f"{len(those)} {state}" for state, those in counts if those)
        yield f"Held against {name}: {said or 'no citation'}."
        for state, those in counts:
            if those and state != "ok":
                named = ", ".join(map(_named, those[:_NAMED]))
                more = f" and {len(those) - _NAMED} more" if len(those) > _NAMED else ""
                yield f"  {state}: {named}{more}"


def _named(stand: Stand) -> str:
    if stand.state == "moved":
        return f"{stand.item} ({numbers(stand.source.paragraphs)} to {numbers(stand.paragraphs)})"
    gone = [f"paragraph {number}" for number in stand.gone]
    terms = [f"{one.term}{_became(one)}" for one in stand.missing]
    return f"{stand.item} ({'; '.join((*gone, *terms))})" if gone or terms else stand.item


def _became(missing: Missing) -> str:
    if missing.elsewhere:
        return f", which stands in {missing.elsewhere}"
    where = f" in {numbers(missing.there)}" if missing.there else ""
    return f", now {missing.now}{where}" if missing.now else ""


def _as_value(found: Mapping[str, Sequence[Stand]], documents: Texts) -> dict[str, object]:
    """The same for a program, with every citation."""
    return {
        "documents": [
            {
                "name": name,
                "paragraphs": len(documents[name]),
                "counts": {state: sum(one.state == state for one in stands) for state in STATES},
                "items": list(map(_row, stands)),
            }
            for name, stands in found.items()
        ]
    }


def _row(stand: Stand) -> dict[str, object]:
    return {
        "item": stand.item,
        "state": stand.state,
        "cited": list(stand.source.paragraphs),
        "paragraphs": list(stand.paragraphs),
        "digest": stand.digest or None,
        "gone": list(stand.gone),
        "missing": [
            {"term": one.term, "now": one.now or None, "elsewhere": one.elsewhere or None}
            for one in stand.missing
        ],
    }


# --- Written down --------------------------------------------------------------------------------


def _update(root: Path, reading: Reading, documents: Texts, *, is_diff: bool) -> int:
    """Write what paragraphs are now called and their digests; what is broken is left, and named."""
    broken = _broken(_by_document(reading.bank, documents)) if reading.bank else []
    for stand in broken:
        print(f"Left as it is, being broken: {_named(stand)}.", file=sys.stderr)
    changes = fixes(root, lambda now: _mends(now.bank, documents))
    if is_diff:
        return max(show(changes), int(bool(broken)))
    for problem in in_reading_order(locate(changes.mended, reading.origin)):
        print(f"{problem.where}: {problem.item}: {problem.message}")
    write(root, changes)
    if not changes.after and not changes.left:
        print("No digest is to be written.", file=sys.stderr)
    return int(bool(broken))


def _mends(bank: Bank | None, documents: Texts) -> Iterator[Problem]:
    """What an author need not read again, or says to have read, as problems that a program mends."""
    for stand in held_against(bank, documents) if bank else ():
        for problem in told(stand):
            if stand.state == "changed":
                yield replace(problem, mend=Cite(digest=stand.digest))
            elif problem.mend:
                yield problem
