"""A typed set or list, member by member: in any order for a set, in the right one for a list."""

import re
from collections.abc import Callable, Sequence

from quizgen.core.fold import folded
from quizgen.model import Verdict

JudgeOne = Callable[[str, str], Verdict]
"""A typed member and the right one to a verdict."""

ANOTHER = Verdict(grade="wrong", reason="This is another answer than the one asked for.")
"""Of an answer that none of the accepted ones is near to."""

MOST = 50
"""Members: an answer that names more is not read."""

_BLANKS = re.compile(r"[^\S\n]+")
_LIST_MARK = re.compile(r"\s*[;；\n]\s*")
_COMMA = re.compile(r"\s*[,、，](?:\s+|(?=[^\d\s])|$)\s*")
_SEPARATOR = re.compile(f"{_LIST_MARK.pattern}|{_COMMA.pattern}")
_TIGHT = re.compile(r"\s*[,、，/+]\s*")
_AND_WORDS = "and|&|und|et|y|e|en|og|och|ja|ve|i|oraz|и|та|و|和|与|與|及|と"
_AND = re.compile(r"\s+(?:and|&|und|et|y)\s+", re.IGNORECASE)
_AND_OF_ALL = re.compile(
    rf"\s+(?i:{_AND_WORDS})\s+|(?<=[\u3040-\u9fff])[和与與及と](?=[\u3040-\u9fff])|\s+و(?=\w)"
)
_LEADING_AND = re.compile(rf"^(?:{_AND_WORDS})\s+", re.IGNORECASE)
_THEN = re.compile(r"^(?:and )?then\s+", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:[-=]>|[→⇒➔])\s*|\s+[-\u2010-\u2015]\s+")
_HYPHEN = re.compile(r"(?<=[^\W\d])[-\u2010-\u2015](?=[^\W\d])")
_NUMBERED = re.compile(r"(?:^|[\s,;]+)(\d{1,2})[.)]\s*(?=[^\W\d])")
_BOTH_SIGNS = re.compile(r"(?:±|\+/-)\s*(?=\d)")
_GRADES = ("exact", "accepted", "close", "wrong")


def whole_answers(accepted: Sequence[str]) -> tuple[str, ...]:
    """Each a whole answer, its members parted by commas or semicolons.

    Where none of several accepted texts holds a separator, they are the members of one answer.
    """
    if len(accepted) > 1 and not any(map(_SEPARATOR.search, accepted)):
        return ("; ".join(accepted),)
    return tuple(accepted)


def judge_members(
    typed: str, accepted: Sequence[str], judge_one: JudgeOne, *, is_list: bool
) -> Verdict:
    """The best verdict over the accepted answers and the ways in which `typed` can be parted.

    Each accepted text is a whole answer, as `whole_answers` gives them. "and" parts what is typed,
    but not inside a member ("Bosnia and Herzegovina").
    """
    wholes = [whole for answer in accepted for whole in _parted(answer)]
    verdicts = [
        _judged(given, whole, judge_one, is_list=is_list)
        for whole in wholes
        for given in _parted(typed, whole)
    ]
    return min(
        verdicts,
        key=lambda verdict: _GRADES.index(verdict.grade),
        default=ANOTHER,
    )


def _parted(text: str, whole: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """The ways to part a text into members: at its separators, and at each "and" as well."""
    text = _BLANKS.sub(" ", text.strip())
    strong = _numbered(text) or [part for part in _LIST_MARK.split(text) if part]
    if len(strong) == 1:
        strong = [part for part in _COMMA.split(strong[0]) if part]
    if len(strong) == 1:
        strong = [part for part in _ARROW.split(strong[0]) if part]
    strong = [_THEN.sub("", part) for part in strong]
    strong = [*strong[:-1], *(_LEADING_AND.sub("", part) for part in strong[-1:])]
    if not strong or len(strong) > MOST:
        return [tuple(strong)]
    ways = [tuple(strong)]
    # "e" and "i" are "and" in some languages and a letter or numeral in others ("vitamin E").
    for mark in (_AND, _AND_OF_ALL):
        with_and = {folded(mark.sub(" and ", member)) for member in whole if mark.search(member)}
        ways.append((*strong[:-1], *_parted_at_and(strong[-1:], mark, with_and)))
        if with_and:
            ways.append(tuple(_parted_at_and(strong, mark, with_and)))
    if len(strong) == 1:
        ways += _parted_tightly(strong[0], whole)
    return list(dict.fromkeys(ways))


def _numbered(text: str) -> list[str]:
    """The members of "1. red 2. green", without their numbers; none where they do not count up."""
    if not text[:1].isdecimal():
        return []
    parts = _NUMBERED.split(text)
    count = len(parts) // 2
    is_counted = count > 1 and parts[1::2] == [str(number) for number in range(1, count + 1)]
    return [part.strip(" ,;\n") for part in parts[2::2]] if is_counted and not parts[0] else []


def _parted_tightly(text: str, whole: Sequence[str]) -> list[tuple[str, ...]]:
    """The ways to part what has no separator with a space: as the members of the answer allow."""
    ways = [tuple(part for part in _TIGHT.split(text) if part)]
    if len(whole) > 1 and not any(" " in member for member in whole):
        ways.append(tuple(text.split(" ")))
    if whole and not any(_HYPHEN.search(member) for member in whole):
        ways.append(tuple(_HYPHEN.split(text)))
    if whole and all(len(member) == 1 and "\u3040" <= member <= "\u9fff" for member in whole):
        ways.append(tuple(text))
    if (size := _BOTH_SIGNS.sub("", text, count=1)) != text:
        ways.append((f"-{size}", size))
    return ways


def _parted_at_and(strong: Sequence[str], mark: re.Pattern[str], with_and: set[str]) -> list[str]:
    """The parts parted at each "and" as well, but that members that have one are put together."""
    parts = [part for one in strong for part in mark.split(one)]
    out: list[str] = []
    while parts:
        joined = f"{parts[0]} and {parts[1]}" if len(parts) > 1 else ""
        if joined and folded(joined) in with_and:
            out.append(joined)
            parts = parts[2:]
        else:
            out.append(parts[0])
            parts = parts[1:]
    return out


def _judged(
    given: Sequence[str], whole: Sequence[str], judge_one: JudgeOne, *, is_list: bool
) -> Verdict:
    """The members that were typed against the right ones; one named twice is no other one in a set."""
    if not given or len(given) > MOST:
        return Verdict(grade="wrong", reason="Type the members, with commas between them.")
    places: list[int] = []
    near, again = 0, ""
    for member in given:
        grades = [judge_one(member, right) for right in whole]
        free = [index for index in range(len(whole)) if index not in places]
        found = [index for index in free if grades[index].right]
        if found:
            places.append(found[0])
        elif any(grades[index].grade == "close" for index in free):
            near += 1
        elif any(grades[index].right for index in places):
            if is_list or again:
                return Verdict(grade="wrong", reason=f"“{member}” is there twice.")
            again = member
        else:
            right = f"{len(places)} of {len(whole)} are right so far"
            return Verdict(grade="wrong", reason=f"{right}, but “{member}” does not belong.")
    missing = len(whole) - len(places)
    if near > missing:
        return Verdict(grade="wrong", reason="These are more than are asked for.")
    if near:
        right = f"{len(places)} of {len(whole)} are right so far"
        return Verdict(grade="close", reason=f"Close: {right}, and one is not yet.")
    if is_list and places != sorted(places):
        return Verdict(grade="wrong", reason="The members are right, but the order is another.")
    if missing and any(map(str.isdecimal, again)):
        return Verdict(grade="wrong", reason=f"“{again}” is there twice.")
    if missing and again:
        left = f"{missing} of {len(whole)} are still missing"
        return Verdict(grade="close", reason=f"Close: “{again}” is there twice, and {left}.")
    if missing:
        return Verdict(grade="close", reason=f"Close: {missing} of {len(whole)} are still missing.")
    return Verdict(grade="accepted", reason="Right; all are there.")
