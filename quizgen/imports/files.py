"""Items to files of questions: a file for each topic, as long as that keeps their order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from quizgen.bank.names import is_device, name_from
from quizgen.bank.writing import Comments, questions_text
from quizgen.markup import to_text
from quizgen.model import Bank, Item

_SHORT = 4
"""So few questions in a row of a topic that stands elsewhere too make no file of their own."""


def question_files(
    bank: Bank, comments: Comments = MappingProxyType({}), *, apart: bool = False
) -> Mapping[str, str]:
    """The text of each file by its path; read in the order of the paths, the items keep theirs.

    Where they are to stand `apart` from files of others, they are called after the bank's title.
    `comments` are lines for the author, by the id of a question.
    """
    runs = _runs(bank.items)
    paths = _names(runs)
    if apart:
        title = _name(to_text(bank.title), {"bank"}, "deck")
        paths = [title] if len(paths) == 1 else [f"{title}/{name}" for name in paths]
    return {
        f"questions/{path}.yaml": questions_text(run, bank.passages, comments)
        for path, run in zip(paths, runs, strict=True)
    }


def _runs(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """The items of each topic; where those of several stand among one another, these together."""
    runs: list[list[Item]] = []
    for item in items:
        before = runs[-1][-1] if runs else None
        shares = before is not None and bool(item.passage) and before.passage == item.passage
        if before is not None and (shares or _topic(before) == _topic(item)):
            runs[-1].append(item)
        else:
            runs.append([item])
    counts = Counter(_topic(run[0]) for run in runs)
    files: list[list[Item]] = []
    was_short = False
    for run in runs:
        is_short = len(run) < _SHORT and counts[_topic(run[0])] > 1
        if is_short and was_short:
            files[-1] += run
        else:
            files.append(run)
        was_short = is_short
    passages = [name for run in files for name in {item.passage for item in run if item.passage}]
    whole = [list(items)] if len(passages) > len(set(passages)) else files
    return [tuple(run) for run in whole]


def _topic(item: Item) -> tuple[str, bool]:
    return item.topic, bool(item.retired)


def _names(files: Sequence[Sequence[Item]]) -> list[str]:
    """Names that sort as the files do."""
    taken = {"bank"}
    otherwise = "questions" if len(files) == 1 else "without-topic"
    names = [_name(_called(items), taken, otherwise) for items in files]
    if names == sorted(names, key=lambda name: f"{name}.yaml"):
        return names
    digits = len(str(len(names)))
    return [f"{place:0{digits}}-{name}" for place, name in enumerate(names, start=1)]


def _name(text: str, taken: set[str], otherwise: str) -> str:
    """A name out of this text that a file can have on any system."""
    name = name_from((text,), taken, otherwise)
    return name_from((f"questions {text}",), taken) if is_device(name) else name


def _called(items: Sequence[Item]) -> str:
    """The topic of a file, where it has one, else what its questions are, where that can be said."""
    topics = {_topic(item) for item in items}
    if len(topics) > 1:
        return "mixed"
    topic, is_retired = topics.pop()
    if not topic and all(item.draft for item in items):
        return "drafts"
    return f"{'retired ' * is_retired}{to_text(topic)}"
