"""The loop of a session: events from typed lines to the machine, its effects to screen and record."""

from collections.abc import Callable, Collection, Mapping
from math import ceil
from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from quizgen.markup import to_text
from quizgen.model import Bank, Card, Form, Frozen, Item, Open, Question
from quizgen.study.asking import Asked, asked, laid_out
from quizgen.study.choosing import Outlook
from quizgen.study.console import Head, Screen
from quizgen.study.dialogue import Dialogue
from quizgen.study.events import (
    Ask,
    Effect,
    Event,
    Finish,
    HandIn,
    KeepFlag,
    Next,
    Override,
    Quit,
    Refuse,
    Retry,
    Review,
    Save,
    TakeBack,
    Undo,
)
from quizgen.study.feedback import feedback
from quizgen.study.keeper import Keeper
from quizgen.study.mending import yaml_line
from quizgen.study.plan import questions_of
from quizgen.study.record import Attempt, Key, Task
from quizgen.study.session import State, had_second_try, is_open, step
from quizgen.study.summary import Summary, summed_up

if TYPE_CHECKING:
    from quizgen.study.exam import ExamResult

_OTHER_SIDE = ("type the other side", "Type the other side")

Place = Callable[[str], str]
"""Where an item stands in the files, as "file:line"; empty where that is not known."""


class Setting(Frozen, frozen=True, kw_only=True):
    """What stands around a session: its title, the tasks answered on other days (None where no
    record is kept), those that are due and those whose answer has changed since, where items
    stand, how many seconds its earlier sittings took, and after how many it ends (0 is never).

    `outlook` says what is due next, when it is over. `form` is the one that is sat in an exam.
    `opened` opens an item where its author writes it, and says where that is.
    """

    title: str
    seen: Collection[Key] | None = None
    due: Collection[Key] = ()
    changed: Collection[Key] = ()
    place: Place = lambda _: ""
    seconds: float = 0.0
    limit: float = 0.0
    form: Form | None = None
    opened: Callable[[str], str] = lambda _: ""
    outlook: Callable[[], Outlook | None] = lambda: None


class Ending(Frozen, frozen=True, kw_only=True):
    """How a session ended: its summary, whether the learner broke it off with Ctrl-C, and what an
    exam came to, once it was handed in.
    """

    summary: Summary
    exam: "ExamResult | None" = None
    interrupted: bool
    has_answers: bool


class Terminal:
    """A session on a screen."""

    def __init__(
        self,
        bank: Bank,
        state: State,
        *,
        setting: Setting,
        screen: Screen,
        keeper: Keeper,
        now: Callable[[], float],
    ) -> None:
        self._bank = bank
        self._items: Mapping[str, Item] = {item.id: item for item in bank.items}
        self._passages = {passage.id: passage for passage in bank.passages}
        self._state = state
        self._setting = setting
        self._screen = screen
        self._keeper = keeper
        self._now = now
        self._started = now()
        self._total = max((task.step for task in state.plan.tasks), default=0)
        self._passage = ""
        self._unkept: tuple[Effect, ...] = ()
        self._form = setting.form
        self._questions = {one.item.id: one for one in self._form.questions} if self._form else {}
        self._dialogue = Dialogue(
            bank,
            screen,
            is_exam=self._form is not None,
            asks_confidence=state.plan.confidence,
            opened=setting.opened,
        )

    def play(self) -> Ending:
        """Ask until nothing is left or the learner stops. Every answer is kept as it is given."""
        interrupted = False
        try:
            self._run()
        except KeyboardInterrupt:
            interrupted = True
            for effect in self._unkept:
                self._keeper.keep(effect, self._now())
        exam = None if interrupted or is_open(self._state) else self._exam()
        if exam is not None:
            self._keeper.keep_result(exam.as_json())
        summary = summed_up(
            self._state,
            self._items,
            title=self._setting.title,
            seconds=self._setting.seconds + self._now() - self._started,
            kept=self._keeper.kept,
            outlook=self._setting.outlook(),
        )
        return Ending(
            summary=summary,
            exam=exam,
            interrupted=interrupted,
            has_answers=bool(self._state.attempts),
        )

    def _exam(self) -> "ExamResult | None":
        plan = self._state.plan
        if self._form is None or plan.exam is None:
            return None
        from quizgen.study.exam import exam_result

        return exam_result(self._bank, self._form, plan.exam, self._state.attempts)

    def _run(self) -> None:
        self._unkept = (Ask(),) if self._state.phase == "asking" else (Finish(complete=True),)
        while True:
            event: Event | None = None
            while self._unkept:
                effect, *rest = self._unkept
                if not self._keeper.keep(effect, self._now()):
                    self._unkept = ()
                    event = Quit()
                    break
                self._unkept = tuple(rest)
                if isinstance(effect, Ask) and self._is_time_up():
                    self._screen.tell("Time is up.")
                    event = HandIn() if self._form else Quit()
                else:
                    event = self._show(effect)
            if self._state.phase == "over":
                return
            try:
                event = event or self._heard()
            except EOFError:
                event = Quit()
            after, effects = step(self._state, event, self._now())
            # In this order: what an interrupted session has counted, it has also kept.
            self._unkept, self._state = effects, after

    def _is_time_up(self) -> bool:
        limit, spent = self._setting.limit, self._now() - self._started
        if self._form:
            # Also what the sittings before took; but one's own scores are no part of the exam.
            is_asked = bool(limit) and not self._state.tries
            return is_asked and spent + self._setting.seconds >= limit
        return bool(limit and self._state.attempts and spent >= limit)

    def _heard(self) -> Event:
        if self._state.phase == "reviewing":
            return self._dialogue.after_review(self._state)
        return self._dialogue.answer(self._state)

    # --- Effects ---------------------------------------------------------------------------------

    def _show(self, effect: Effect) -> Event | None:
        """Show an effect; the event that follows from it where the learner is not asked."""
        match effect:
            case Ask():
                self._put()
            case Retry(attempt=attempt):
                if attempt.mark == "close":
                    self._screen.near(self._dialogue.reason)
            case Review(attempt=attempt):
                return self._review(attempt)
            case Refuse(event=event):
                self._screen.tell(_refusal(event))
            case KeepFlag(item=item):
                place = self._setting.place(item)
                where = f" It stands in {place}." if place else ""
                self._screen.tell(f"Flagged for its author: quizgen progress flags.{where}")
            case Save() | TakeBack() | Override() | Finish():
                pass
            case _:
                assert_never(effect)
        return None

    def _put(self) -> None:
        task = self._state.current
        if task is None:
            return
        question, view = self._laid_out(task)
        self._dialogue.begin(task, question, view)
        self._screen.put(self._head(task, question.item), view)

    def _laid_out(self, task: Task) -> tuple[Question, Asked]:
        state = self._state
        if task.item in self._questions:
            question = self._questions[task.item]
            view = asked(question, task, filled=frozenset())
            if isinstance(question.item, Card) and not state.tries:
                view = replace(view, how=_OTHER_SIDE, typed=True)
            return question, view
        rounds = sum(one.final and one.key == task.key for one in state.attempts)
        question = laid_out(
            self._bank, self._items[task.item], task, seed=state.plan.seed, round_=rounds
        )
        return question, asked(question, task, filled=self._told(task))

    def _told(self, task: Task) -> frozenset[str]:
        """The gaps of the same text that may be shown filled: those told already, or not asked now.

        When a missed gap returns, others that are still missed are not told again.
        """
        state = self._state
        hidden = {one.part for one in state.waiting if one.item == task.item}
        if task not in state.waiting:
            hidden |= {one.task.part for one in state.missed if one.task.item == task.item}
        parts = {one.part for group in questions_of(self._items[task.item]) for one in group}
        return frozenset(parts - hidden)

    def _head(self, task: Task, item: Item) -> Head:
        standing, title = "", item.topic
        if self._form:
            standing = "your own score" if self._state.tries else self._time_left()
            title = self._section(self._questions[task.item])
        elif any(one.task == task for one in self._state.missed):
            standing = "again"
        elif task.key in self._setting.changed:
            standing = "another answer than before"
        elif self._setting.seen is not None and task.key not in self._setting.seen:
            standing = "new"
        elif task.key in self._setting.due:
            standing = "due"
        passage = self._passages.get(item.passage)
        is_shown = passage is not None and passage.id != self._passage
        self._passage = item.passage
        return Head(
            topic=title,
            step=task.step,
            total=self._total,
            standing=standing,
            passage_title=to_text(passage.title) if passage and is_shown else "",
            passage=to_text(passage.text) if passage and is_shown else "",
        )

    def _time_left(self) -> str:
        """How many minutes an exam has left, begun ones counted; empty where it has any time."""
        spent = self._setting.seconds + self._now() - self._started
        left = ceil((self._setting.limit - spent) / 60)
        return f"{left} min left" if self._setting.limit else ""

    def _section(self, question: Question) -> str:
        """The title of a question's section, where its quiz has sections."""
        sections = self._form.quiz.plan.sections if self._form else ()
        return to_text(sections[question.section].title) if sections else ""

    def _review(self, attempt: Attempt) -> Event | None:
        if attempt.overridden:
            self._claimed(attempt)
            return None
        if self._dialogue.is_claimed:
            self._dialogue.is_claimed = False
            self._screen.tell("No longer counted as right.")
            return None
        notes = self._notes(attempt)
        task = self._dialogue.task
        if isinstance(self._dialogue.question.item, Open | Card):
            for note in notes:
                self._screen.tell(note)
            return Next()
        said = feedback(
            self._bank,
            self._dialogue.question,
            task,
            self._as_shown(attempt),
            reason=self._dialogue.reason,
            notes=notes,
        )
        if any(one.item == task.item for one in self._state.waiting):
            # What explains the whole text would tell the gaps that are still to be asked.
            said = replace(said, explain="", corrected="", source="")
        self._screen.review(said)
        return None

    def _as_shown(self, attempt: Attempt) -> Attempt:
        """The attempt or, where nothing more was typed after a near miss, that one as it stands."""
        if attempt.mark != "blank" or not had_second_try(self._state.attempts, attempt):
            return attempt
        return replace(attempt, response=self._state.attempts[-2].response, mark="wrong")

    def _notes(self, attempt: Attempt) -> tuple[str, ...]:
        if attempt.right:
            if had_second_try(self._state.attempts, attempt):
                return ("On the second try, so it does not count as right at once.",)
            return ()
        others = len(self._state.waiting) + len(self._state.missed) - 1
        if others:
            return ("Comes back after a few other questions.",)
        return ("Comes back at once, since nothing else is left.",)

    def _claimed(self, attempt: Attempt) -> None:
        self._dialogue.is_claimed = True
        item, task = self._dialogue.question.item, self._dialogue.task
        response = attempt.response
        if had_second_try(self._state.attempts, attempt):
            response = self._state.attempts[-2].response
        line = yaml_line(item, task, response)
        self._screen.tell("Counted as right.")
        place = self._setting.place(item.id)
        if line:
            where = f" in {place}" if place else ""
            self._screen.tell(f"To have it accepted from now on, write{where}:")
            self._screen.tell(f"    {line}")
        elif place:
            self._screen.tell(f"If the question is wrong, mend it in {place}")


def _refusal(event: Event) -> str:
    if isinstance(event, Undo):
        return "There is nothing to take back yet."
    return "That cannot be done here; ? shows what can."
