"""Items to files of questions: a file for each topic, as long as that keeps their order."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from quizgen.bank.names import name_from
from quizgen.bank.writing import questions_text
from quizgen.markup import to_text
from quizgen.model import Bank, Item


def question_files(bank: Bank, head: str = "") -> Mapping[str, str]:
    """The text of each file by its path; read in the order of the paths, the items keep theirs.

    `head` is a comment for the first lines of each.
    """
    runs = _runs(bank.items)
    names = _names(runs)
    return {
        f"questions/{name}.yaml": questions_text(run, bank.passages, head)
        for name, run in zip(names, runs, strict=True)
    }


def _runs(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """The items of each topic, or all in one where those of topics or passages stand apart."""
    runs = [
        tuple(run) for _, run in groupby(items, key=lambda item: (item.topic, bool(item.retired)))
    ]
    topics = [run[0].topic for run in runs]
    passages = [name for run in runs for name in {item.passage for item in run if item.passage}]
    if len(topics) == len(set(topics)) and len(passages) == len(set(passages)):
        return runs
    return [tuple(items)]


def _names(runs: Sequence[Sequence[Item]]) -> list[str]:
    """Names that sort as the runs do."""
    taken = {"bank"}
    names = [
        name_from(_words(run), taken, "questions") if len(runs) > 1 or run[0].topic else "questions"
        for run in runs
    ]
    if len(runs) == 1 and len({item.topic for item in runs[0]}) > 1:
        names = ["questions"]
    if names == sorted(names):
        return names
    digits = len(str(len(names)))
    return [f"{place:0{digits}}-{name}" for place, name in enumerate(names, start=1)]


def _words(run: Sequence[Item]) -> tuple[str, ...]:
    topic = to_text(run[0].topic)
    return (f"retired {topic}" if run[0].retired else topic,)
