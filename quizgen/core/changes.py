"""How a bank now differs from an edition that was handed out, as problems that change no paper.

A key that is another one comes first and loudest: papers of that day are marked by the key of that
day, unless `corrections.yaml` says otherwise.
"""

import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import product
from typing import assert_never

from quizgen.core.options import Names, Unclear, same_options, sides
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Edition,
    Entry,
    Image,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Passage,
    TrueFalse,
)
from quizgen.problem import Problem, Where


def changes(
    edition: Edition, bank: Bank, folder: str, revised: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """What the bank says otherwise than the paper in `folder`, in the order of the paper.

    `revised` are the items whose marking the teacher has corrected: their other key is no warning.
    """
    now = {item.id: item for item in bank.items}
    found = [
        problem
        for item in edition.quiz.items
        for problem in _item(item, now.get(item.id), folder, is_revised=item.id in revised)
    ]
    found += _passages(edition, bank, folder)
    found += _rules(edition, bank, folder)
    return tuple(sorted(found, key=lambda problem: problem.severity != "warning"))


def _item(printed: Item, now: Item | None, folder: str, *, is_revised: bool) -> Iterator[Problem]:
    gone = _gone(now)
    if now is None or gone:
        yield Problem(
            code="printed_removed",
            severity="note",
            message=f'The question "{printed.id}" was printed in {folder}, but {gone}.',
            fix="Nothing need be done: that paper is marked as it was printed.",
            item=printed.id,
            where=Where(f"{folder}/manifest.json") if now is None else None,
        )
        return
    names, unclear = _names(printed, now)
    yield from (_unclear(now, step, folder) for step in unclear)
    if not unclear and not has_same_key(printed, now):
        yield Problem(
            code="printed_key_changed",
            severity="note" if is_revised else "warning",
            message=f'The key of "{printed.id}" is {_key_said(now)} now, but {folder} was printed with {_key_said(printed)}.',
            fix=f"{folder}/corrections.yaml decides how that paper is marked."
            if is_revised
            else f"If that paper's key was wrong, say so in {folder}/corrections.yaml and mark it again; if not, nothing need be done.",
            item=printed.id,
            field=_KEY_FIELD.get(type(now), "answer"),
        )
    if printed.points != now.points:
        yield Problem(
            code="printed_points_changed",
            severity="note",
            message=f'"{printed.id}" is worth {now.points} now; in {folder} it was printed with {printed.points}.',
            fix="That paper is marked with the points that stand on it.",
            item=printed.id,
            field="points",
        )
    if _shown(printed) != _shown(now, *names):
        yield Problem(
            code="printed_reworded",
            severity="note",
            message=f'"{printed.id}" is worded otherwise than in {folder}.',
            fix="Nothing need be done: that paper is marked as it was printed.",
            item=printed.id,
        )


def has_same_key(printed: Item, now: Item) -> bool:
    """Whether what was right on paper is what is right now, whatever the options are called.

    Not where nobody can tell which option is which.
    """
    names, unclear = _names(printed, now)
    return type(printed) is type(now) and not unclear and _key(printed) == _key(now, *names)


def _names(printed: Item, now: Item) -> tuple[list[Names], list[Unclear]]:
    """What the options of each side were printed as; none where that is unclear for any."""
    if type(printed) is not type(now):
        return [], []
    steps = [same_options(a, b) for a, b in zip(sides(printed), sides(now), strict=True)]
    unclear = [step for step in steps if isinstance(step, Unclear)]
    names = [step for step in steps if not isinstance(step, Unclear)]
    return ([], unclear) if unclear else (names, [])


def _gone(item: Item | None) -> str:
    """Why an item stands in no paper any more; empty where it still may."""
    if item is None:
        return "it is no more in the bank"
    if item.retired:
        return "it is retired"
    if item.draft:
        return "it is a draft now"
    return "it is for practice only now" if item.use == "practice" else ""


def _unclear(item: Item, step: Unclear, folder: str) -> Problem:
    gone, new = (_texts(options) for options in (step.gone, step.new))
    was, now = max(product(step.gone, step.new), key=_likeness)
    return Problem(
        code="unclear_options",
        severity="warning",
        message=f'In "{item.id}" {len(step.gone)} options of {folder} are gone ({gone}) and {len(step.new)} are new ({new}), so it cannot be told which was corrected into which.',
        fix=f"Give each corrected option the name that it was printed under, such as {{text: {_quoted(now.text)}, id: {_quoted(was.id)}}}.",
        item=item.id,
        field=_KEY_FIELD.get(type(item), "distractors"),
    )


def _likeness(pair: tuple[Option, Option]) -> float:
    """How alike two texts are, to name a likely pair as the example."""
    was, now = pair
    return SequenceMatcher(None, was.text, now.text).ratio()


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)


def _texts(options: tuple[Option, ...]) -> str:
    return ", ".join(f'"{option.text[:40]}"' for option in options[:3]) + (
        ", ..." if len(options) > 3 else ""
    )


_SAID = 80
"""Characters of a key that stand in a sentence."""

_KEY_FIELD: Mapping[type, str] = {
    Entry: "accept",
    Number: "number",
    Cloze: "cloze",
    Match: "match",
    Order: "order",
    Open: "rubric",
    Card: "back",
}
"""Where the key of a type stands in its question, if not under `answer`."""


def _key(item: Item, *names: Mapping[str, str]) -> object:
    """All that decides on right and wrong, its options under the names of print."""

    def was(identity: str, side: int = 0) -> str:
        return names[side][identity] if names else identity

    match item:
        case Choice(keys=keys, multiple=multiple):
            return frozenset(map(was, keys)), multiple
        case TrueFalse(answer=answer):
            return answer
        case Entry(accept=accept, kind=kind):
            return accept, kind
        case Number(value=value, tolerance=tolerance, bands=bands, unit=unit, units=units):
            return value, tolerance, bands, unit, units
        case Cloze(gaps=gaps, kind=kind):
            return {gap.number: gap.accept for gap in gaps}, kind
        case Match(pairs=pairs):
            return {was(pair.left.id): was(pair.right.id, 1) for pair in pairs}
        case Order(sequence=sequence):
            return tuple(was(thing.id) for thing in sequence)
        case Open(rubric=rubric):
            return rubric
        case Card(back=back):
            return back
        case _:
            assert_never(item)


def _key_said(item: Item) -> str:
    """The key in a few words, for a sentence."""
    match item:
        case Choice(options=options, keys=keys):
            texts = [option.text for option in options if option.id in keys]
        case TrueFalse(answer=answer):
            texts = ["true" if answer else "false"]
        case Entry(accept=accept):
            texts = list(accept)
        case Number(text=text, unit=unit):
            texts = [f"{text} {unit}".strip()]
        case Cloze(gaps=gaps):
            texts = ["|".join(gap.accept) for gap in gaps]
        case Match(pairs=pairs):
            texts = [f"{pair.left.text} = {pair.right.text}" for pair in pairs]
        case Order(sequence=sequence):
            texts = [thing.text for thing in sequence]
        case Open(rubric=rubric):
            texts = [f"{line.text} ({line.points})" for line in rubric]
        case Card(back=back):
            texts = [back]
        case _:
            assert_never(item)
    said = " ".join(", ".join(texts).split()) or "free"
    return f'"{said if len(said) <= _SAID else said[: _SAID - 1] + "…"}"'


def _shown(item: Item, *names: Mapping[str, str]) -> object:
    """All that a student's paper shows of an item, whatever its options are called."""
    options = {
        (place, names[place].get(option.id, option.id) if names else option.id): (
            option.text,
            option.image,
        )
        for place, side in enumerate(sides(item))
        for option in side
    }
    return (*_asked(item), item.image, item.audio, item.passage, options)


def _asked(item: Item) -> tuple[str | Image, ...]:
    match item:
        case Choice(stem=stem) | Match(stem=stem) | Order(stem=stem):
            return (stem,)
        case Entry(stem=stem) | Open(stem=stem):
            return (stem,)
        case Number(stem=stem, unit=unit):
            return stem, unit
        case TrueFalse(statement=statement):
            return (statement,)
        case Cloze(stem=stem, parts=parts):
            return (stem, *(part if isinstance(part, str) else part.hint for part in parts))
        case Card(front=front):
            return (front,)
        case _:
            assert_never(item)


# --- What stands around the items ----------------------------------------------------------------


def _passages(edition: Edition, bank: Bank, folder: str) -> Iterator[Problem]:
    now: Mapping[str, Passage] = {passage.id: passage for passage in bank.passages}
    for passage in edition.quiz.passages:
        if passage.id in now and now[passage.id] != passage:
            yield Problem(
                code="printed_reworded",
                severity="note",
                message=f'The passage "{passage.id}" is worded otherwise than in {folder}.',
                fix="Nothing need be done: that paper is marked as it was printed.",
                item=passage.id,
            )


def _rules(edition: Edition, bank: Bank, folder: str) -> Iterator[Problem]:
    printed = edition.quiz.plan
    now = next((plan for plan in bank.quizzes if plan.id == printed.id), None)
    if now is not None and now.rules != printed.rules:
        yield Problem(
            code="printed_rules_changed",
            severity="note",
            message=f'The quiz "{printed.id}" is scored by other rules now than {folder}.',
            fix="That paper is marked by the rules that stand on it.",
            field=f"quizzes.{printed.id}.rules",
        )
