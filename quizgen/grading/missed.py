"""Papers that are given back to what their students may practise of what they missed."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec.structs import replace

from quizgen.core.changes import has_same_key
from quizgen.grading.scheme import Scheme
from quizgen.model import Bank, Cloze, Entry, Frozen, Item, Returned

LeftOut: TypeAlias = Literal["exam", "retired", "draft", "key"]
"""Why an item reaches no deck: it is for exams alone, was retired, is a draft again, or its key was
put right in the marking but not in the bank."""


class Practice(Frozen, frozen=True, kw_only=True):
    """The items of an edition that students may practise, by id, and why the others may not."""

    items: Mapping[str, Item]
    left_out: Mapping[str, LeftOut]


def missed(paper: Returned) -> frozenset[str]:
    """The items that earned less than full points, by id; none without a score, none voided."""
    return frozenset(
        one.question.item.id
        for one in paper.answers
        if one.score is not None and not one.void and one.score.points < one.score.possible
    )


def practice_of(
    printed: Iterable[Item], schemes: Mapping[str, Scheme], bank: Bank | None
) -> Practice:
    """What may be practised of the items of an edition; `bank` is that of today, if there is one.

    They come as they were printed, but no card teaches a key that was put right: an item with
    another key in the bank comes as the bank has it. If the key is another in the marking alone, a
    typed answer takes what was accepted as well, and any other item stays out.
    """
    today = {item.id: item for item in bank.items} if bank else {}
    items: dict[str, Item] = {}
    left_out: dict[str, LeftOut] = {}
    for item in printed:
        found = _practised(item, schemes[item.id], today.get(item.id))
        if isinstance(found, str):
            left_out[item.id] = found
        else:
            items[item.id] = found
    return Practice(items=items, left_out=left_out)


def _practised(printed: Item, scheme: Scheme, now: Item | None) -> Item | LeftOut:
    if "exam" in (printed.use, now.use if now else ""):
        return "exam"
    if now is not None and now.retired:
        return "retired"
    if now is not None and now.draft:
        return "draft"
    if now is not None and not has_same_key(printed, now):
        return now
    if len(scheme.keys) == 1:
        return printed
    match printed:
        case Entry(accept=accept):
            more = [text for key in scheme.keys if isinstance(key, Entry) for text in key.accept]
            return replace(printed, accept=tuple(dict.fromkeys((*accept, *more))))
        case Cloze() if isinstance(last := scheme.keys[-1], Cloze):
            return replace(printed, parts=last.parts)  # which takes all that was accepted
        case _:
            return "key"
