"""A session to its summary: what was right at once, what was missed at first, and its points."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from quizgen.model import (
    Frozen,
    Item,
)
from quizgen.study.choosing import Outlook
from quizgen.study.feedback import Sign
from quizgen.study.judging import possible
from quizgen.study.lines import answer_line, stem_line
from quizgen.study.record import Attempt, Kept, Key, Task
from quizgen.study.session import State, had_second_try, is_open

_SUREST = 3


class TopicLine(Frozen, frozen=True, kw_only=True):
    """Of a topic's questions that were asked, how many were right at once."""

    topic: str
    right: int
    asked: int


class SureLine(Frozen, frozen=True, kw_only=True):
    """Of the first answers given with a `confidence` (1 to 3), how many were right."""

    confidence: int
    right: int
    asked: int

    @property
    def points(self) -> int:
        """What they come to by certainty-based marking."""
        from quizgen.core.score import confidence_points

        sure: Any = self.confidence
        right = confidence_points(right=True, sure=sure)
        return self.right * right + (self.asked - self.right) * confidence_points(
            right=False, sure=sure
        )


class Slip(Frozen, frozen=True, kw_only=True):
    """A task missed at first: what was asked and what is right, each on one line; and whether the
    learner was sure of the answer.
    """

    item: str
    part: str
    sign: Sign
    stem: str
    answer: str
    is_sure: bool = False


class Summary(Frozen, frozen=True, kw_only=True):
    """A session in figures. Questions are counted as they were numbered: a text with gaps is one.

    `points` are those of the first answers; what was never answered earned none of `possible`.
    `seconds` are those of all sittings.
    """

    title: str
    seed: int
    questions: int
    asked: int
    right_at_once: int
    right_later: int
    skipped: int
    points: Fraction
    possible: Fraction
    complete: bool
    seconds: float
    topics: tuple[TopicLine, ...]
    missed: tuple[Slip, ...]
    sure: tuple[SureLine, ...] = ()
    kept: Kept = Kept()
    outlook: Outlook | None = None

    @property
    def percent(self) -> Fraction:
        """The share of the points, in percent; 100 where none could be had."""
        return 100 * self.points / self.possible if self.possible else Fraction(100)

    def as_json(self) -> dict[str, object]:
        """The summary for a program; points and percent rounded to two digits."""
        return {
            "title": self.title,
            "seed": self.seed,
            "questions": self.questions,
            "asked": self.asked,
            "right_at_once": self.right_at_once,
            "right_later": self.right_later,
            "skipped": self.skipped,
            "points": round(float(self.points), 2),
            "possible": round(float(self.possible), 2),
            "percent": round(float(self.percent), 2),
            "complete": self.complete,
            "seconds": round(self.seconds, 1),
            "topics": [
                {"topic": one.topic, "right_at_once": one.right, "asked": one.asked}
                for one in self.topics
            ],
            "missed": [
                {"item": one.item, "part": one.part, "question": one.stem, "answer": one.answer}
                for one in self.missed
            ],
            "confidence": [
                {
                    "confidence": one.confidence,
                    "right": one.right,
                    "asked": one.asked,
                    "points": one.points,
                }
                for one in self.sure
            ],
            "due": None
            if self.outlook is None
            else {
                "now": self.outlook.due,
                "next": self.outlook.next,
                "in_days": self.outlook.days or None,
            },
            "saved": self.kept.path or None,
            "lost": self.kept.lost,
        }


def summed_up(
    state: State,
    items: Mapping[str, Item],
    *,
    title: str,
    seconds: float,
    kept: Kept,
    outlook: Outlook | None = None,
) -> Summary:
    """The summary of a session, wherever it stands. `items` are those of its plan, by id."""
    first = firsts(state.attempts)
    last = {one.key: one for one in state.attempts if one.final}
    steps: dict[int, list[Task]] = {}
    for task in state.plan.tasks:
        steps.setdefault(task.step, []).append(task)
    asked = {n: tasks for n, tasks in steps.items() if all(one.key in first for one in tasks)}
    skipped = {n for n, tasks in asked.items() if any(last[t.key].mark == "skipped" for t in tasks)}
    at_once = {n for n, tasks in asked.items() if all(_at_once(first[one.key]) for one in tasks)}
    later = {n for n, tasks in asked.items() if all(last[one.key].right for one in tasks)} - at_once
    by_topic: dict[str, list[int]] = {}
    for number in sorted(set(asked) - skipped):
        by_topic.setdefault(items[asked[number][0].item].topic, []).append(number)
    return Summary(
        title=title,
        seed=state.plan.seed,
        questions=len(steps),
        asked=len(set(asked) - skipped),
        right_at_once=len(at_once),
        right_later=len(later),
        skipped=len(skipped),
        points=sum(
            (_share(first, one) * possible(items[one.item]) for one in state.plan.tasks),
            Fraction(0),
        ),
        possible=sum((possible(items[one.item]) for one in state.plan.tasks), Fraction(0)),
        complete=not is_open(state),
        seconds=seconds,
        topics=tuple(
            TopicLine(topic=topic, right=len(at_once.intersection(found)), asked=len(found))
            for topic, found in by_topic.items()
        ),
        missed=tuple(sorted(_slips(state, first, items), key=lambda one: not one.is_sure)),
        sure=tuple(_sure(first)),
        kept=kept,
        outlook=outlook,
    )


def firsts(attempts: tuple[Attempt, ...]) -> dict[Key, tuple[Attempt, bool]]:
    """Of each task its first final attempt, and whether a near miss came before it."""
    found: dict[Key, tuple[Attempt, bool]] = {}
    for one in attempts:
        if one.final and one.key not in found:
            found[one.key] = (one, had_second_try(attempts, one))
    return found


def _sure(first: Mapping[Key, tuple[Attempt, bool]]) -> Iterator[SureLine]:
    """How the first answers came out, by how sure the learner was of them."""
    for confidence in (1, 2, 3):
        given = [one for one in first.values() if one[0].confidence == confidence]
        if given:
            right = sum(map(_at_once, given))
            yield SureLine(confidence=confidence, right=right, asked=len(given))


def _at_once(first: tuple[Attempt, bool]) -> bool:
    attempt, second_try = first
    return attempt.overridden or (attempt.right and not second_try)


def _share(first: Mapping[Key, tuple[Attempt, bool]], task: Task) -> Fraction:
    if task.key not in first:
        return Fraction(0)
    attempt, _ = first[task.key]
    return Fraction(1) if attempt.overridden else attempt.share


def _slips(
    state: State, first: Mapping[Key, tuple[Attempt, bool]], items: Mapping[str, Item]
) -> list[Slip]:
    slips = []
    for task in state.plan.tasks:
        if task.key not in first or _at_once(first[task.key]):
            continue
        attempt, second_try = first[task.key]
        if attempt.mark == "skipped":
            continue
        near = attempt.share > 0 or second_try or attempt.mark == "close"
        item = items[task.item]
        slips.append(
            Slip(
                item=task.item,
                part=task.part,
                sign="partly" if near else "wrong",
                stem=stem_line(item, task),
                answer=answer_line(item, task),
                is_sure=attempt.confidence == _SUREST,
            )
        )
    return slips
