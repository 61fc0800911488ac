"""What an import did, for a person at a console and for a program."""

import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizgen.bank.writing import sources_text, topics_text
from quizgen.commands.report import as_rows, count_of, print_problems
from quizgen.commands.returned import Change
from quizgen.imports.imported import REMARKS, Imported, Remark
from quizgen.model import Document, Frozen, Item, Topic
from quizgen.outputs.anki.lock import FILE as LOCK
from quizgen.problem import Problem

_SHOWN = 3
"""How many questions a line names."""
_CALLED: Mapping[str, tuple[str, str]] = {
    "choice": ("choice", "choices"),
    "true_false": ("true/false", "true/false"),
    "entry": ("typed answer", "typed answers"),
    "number": ("number", "numbers"),
    "cloze": ("cloze", "clozes"),
    "match": ("match", "matches"),
    "order": ("order", "orders"),
    "open": ("open question", "open questions"),
    "card": ("card", "cards"),
}

_NOT_IN_DECKS = """\
What no deck holds is not in them: exam questions, drafts, the terms of sources, the kinds
of gaps, quizzes, the list of topics and its order, learning goals in words, the order in
which distractors and pairs were written."""


class Summary(Frozen, frozen=True, kw_only=True):
    """What was found, the files that were written, and what reading them again says.

    `changes` are the notes of quizgen's own that the next deck changes for learners; `topics` and
    `sources` are those that the author must declare in bank.yaml, which is the author's own.
    """

    imported: Imported
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    topics: tuple[Topic, ...] = ()
    sources: tuple[Document, ...] = ()


def as_row(summary: Summary) -> dict[str, object]:
    """The summary for a program."""
    imported = summary.imported
    return {
        "bank": imported.bank.name,
        "notes": imported.notes,
        "questions": len(imported.bank.items),
        "types": _types(imported.bank.items),
        "files": list(summary.files),
        "own": imported.own,
        "topics": [topic.name for topic in summary.topics],
        "sources": [document.name for document in summary.sources],
        "changes": [{"item": one.item, "fields": list(one.fields)} for one in summary.changes],
        "remarks": [
            {
                "code": one.code,
                "item": one.item or None,
                "detail": one.detail or None,
                "message": f"{REMARKS[one.code]}.",
            }
            for one in imported.remarks
        ],
        "problems": as_rows(summary.problems),
    }


def print_summary(summary: Summary, deck: Path, root: Path) -> None:
    """The summary for a person: what became of what, what to look at, what to do next."""
    imported, items = summary.imported, summary.imported.bank.items
    types = ", ".join(
        f"{count} {_CALLED[kind][count > 1]}" for kind, count in _types(items).items()
    )
    print(f"{deck.name}: {count_of(imported.notes, 'note')}, {count_of(len(items), 'question')}")
    print(f"  {types}\n")
    for line in _files(summary):
        print(f"  {line}")
    if imported.own:
        print(f"\n{_kept(summary)}")
    if imported.remarks:
        print("\nTo look at:")
        for line in _remarks(imported.remarks):
            print(f"  {line}")
    if summary.problems:
        sys.stdout.flush()
        print(file=sys.stderr)
        print_problems(summary.problems, sys.stderr)
    if summary.topics:
        print(
            "\nThe bank declares its topics. Add these lines under topics: in questions/bank.yaml,"
        )
        print("or give the questions topics that stand there:\n")
        print(topics_text(summary.topics), end="")
    if summary.sources:
        print("\nQuestions cite sources that the bank does not declare. Add these lines")
        print("under sources: in questions/bank.yaml:\n")
        print(sources_text(summary.sources), end="")
    enter = f"cd {shlex.quote(str(root))}\n  " if root != Path() and root != Path.cwd() else ""
    print(f"\nNext:\n  {enter}quizgen check\n  quizgen build")
    if "questions/bank.yaml" in summary.files and not imported.own:
        print(
            "\nIf the questions are not in English, write their language: in questions/bank.yaml."
        )
    if imported.own < imported.notes:
        print(
            "\nCards of the old deck keep their own history; a deck built from these questions has new ones."
        )


def _types(items: tuple[Item, ...]) -> dict[str, int]:
    """How many there are of each type, by the type's name."""
    counts = Counter(str(item.__struct_config__.tag) for item in items)
    return {kind: counts[kind] for kind in _CALLED if counts[kind]}


def _files(summary: Summary) -> Iterator[str]:
    media = [path for path in summary.files if path.startswith("questions/media/")]
    yield from (path for path in summary.files if path not in media)
    if media:
        yield f"questions/media/: {count_of(len(media), 'file')}"


def _kept(summary: Summary) -> str:
    """Whether notes of ours came back as they were, and what did not come with them."""
    own, changes = summary.imported.own, summary.changes
    notes = f"{count_of(own, 'note')} of quizgen's own came back"
    if not changes:
        notes += " as before: the next deck changes none of them."
    else:
        fields = ", ".join(sorted({field for one in changes for field in one.fields}))
        items = _named([one.item for one in changes])
        notes += f"; the next deck changes {len(changes)} ({fields}): {items}."
    return "\n".join((notes, _NOT_IN_DECKS, *_to_fetch(summary)))


def _to_fetch(summary: Summary) -> Iterator[str]:
    """Where else there is something of the bank of a deck of ours."""
    bank = summary.imported.bank
    if not any(item.retired for item in bank.items):
        yield f"Retired questions, if any, have a deck of their own: import {bank.name}-retired.apkg, too."
    if LOCK in summary.files:
        yield (
            f"If you have an earlier {LOCK} of this bank, keep that one in place of this: it\n"
            "also knows former decks, gaps that are gone, and questions that are in no deck."
        )


def _remarks(remarks: tuple[Remark, ...]) -> Iterator[str]:
    """One line for each kind of remark, with the first few questions that it is of."""
    for code, sentence in REMARKS.items():
        found = [one for one in remarks if one.code == code]
        if found:
            names = list(dict.fromkeys(map(_subject, found)))
            yield f"{sentence}: {_named(names)}."


def _subject(remark: Remark) -> str:
    """The question that a remark is of, and what in it."""
    if remark.item and remark.detail:
        return f"{remark.item} ({remark.detail})"
    return remark.item or remark.detail


def _named(names: list[str]) -> str:
    """The first few names, and how many others there are."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"
