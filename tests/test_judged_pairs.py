"""The judge against a fair teacher, over some 1,200 typed answers of every kind.

Where they differ, the row stands in `tests/data/judged_disagreements.txt`. The list is strict both
ways: a row that begins to differ fails, and one that begins to agree fails until it is taken off.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal, assert_never

from quizgen.model import KINDS, Grade
from tests.judged_pairs import PAIRS, Pair, judged

LISTED = Path(__file__).parent / "data" / "judged_disagreements.txt"

WRONG_FOR_RIGHT = "[right, judged wrong]"
RIGHT_FOR_WRONG = "[wrong, judged right]"
ABOUT_CLOSE = (
    "[close, judged right]",
    "[right, judged close]",
    "[wrong, judged close]",
    "[close, judged wrong]",
)
ABOUT_EXACT = ("[exact, judged accepted]", "[accepted, judged exact]")


def _side(grade: Grade) -> Literal["right", "close", "wrong"]:
    match grade:
        case "exact" | "accepted":
            return "right"
        case "close" | "wrong":
            return grade
        case _:
            assert_never(grade)


def _heading(pair: Pair, found: Grade) -> str:
    """The heading under which the disagreement is listed."""
    teacher, judge = _side(pair.grade), _side(found)
    if teacher == judge:
        return f"[{pair.grade}, judged {found}]"
    return f"[{teacher}, judged {judge}]"


@cache
def _found() -> dict[str, list[str]]:
    """The rows on which judge and teacher differ, under their headings, as they are listed."""
    differing: dict[str, list[str]] = {}
    for pair in PAIRS:
        found = judged(pair)
        if found != pair.grade:
            differing.setdefault(_heading(pair, found), []).append(f"{pair.sort}: {pair.name}")
    return differing


@cache
def _listed() -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    heading = ""
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line
        elif line and not line.startswith("# "):
            listed.setdefault(heading, []).append(line)
    return listed


def _hold(*headings: str) -> None:
    """Judge and teacher differ under these headings where it is listed, and nowhere else."""
    sentences = []
    for heading in headings:
        found, listed = _found().get(heading, []), _listed().get(heading, [])
        sentences += [f"differs anew {heading} {row}" for row in found if row not in listed]
        sentences += [f"agrees now, take off {heading} {row}" for row in listed if row not in found]
    assert not sentences, "\n".join(["", *sentences])


def test_no_wrong_answer_is_judged_right() -> None:
    """The worst a self-test can do to what is learned; but for the rows that are listed."""
    _hold(RIGHT_FOR_WRONG)


def test_no_right_answer_is_judged_wrong() -> None:
    """The worst a self-test can do to a learner; but for the rows that are listed."""
    _hold(WRONG_FOR_RIGHT)


def test_one_more_try_is_given_where_a_teacher_gives_it() -> None:
    """Close is neither right nor wrong; but for the rows that are listed."""
    _hold(*ABOUT_CLOSE)


def test_exact_is_what_is_shown_and_accepted_what_is_written_another_way() -> None:
    _hold(*ABOUT_EXACT)


def test_every_listed_disagreement_is_a_row_of_the_table_and_is_listed_once() -> None:
    listed = [row for rows in _listed().values() for row in rows]
    assert [row for row, times in Counter(listed).items() if times > 1] == []
    assert set(listed) <= {f"{pair.sort}: {pair.name}" for pair in PAIRS}
    assert set(_listed()) <= {RIGHT_FOR_WRONG, WRONG_FOR_RIGHT, *ABOUT_CLOSE, *ABOUT_EXACT}


def test_the_table_asks_of_every_kind_and_deceives_both_ways() -> None:
    """A decoy is never right, a disguise always; each row stands once."""
    assert {pair.sort for pair in PAIRS} == {*KINDS, "quantity"}
    assert len({(pair.sort, pair.name) for pair in PAIRS}) == len(PAIRS)
    assert len(PAIRS) >= 1200
    decoys = [pair for pair in PAIRS if pair.looks == "decoy"]
    disguises = [pair for pair in PAIRS if pair.looks == "disguise"]
    assert [pair.name for pair in decoys if _side(pair.grade) == "right"] == []
    assert [pair.name for pair in disguises if _side(pair.grade) != "right"] == []
    assert len([pair for pair in decoys if pair.grade == "wrong"]) >= 400
    assert len(disguises) >= 300
