"""What a learner types at a question, to an event: an answer judged, or one of the commands."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec.structs import replace

from quizgen.markup import to_text
from quizgen.model import Bank, Card, Choice, Marked, Open, Question, Response
from quizgen.study.asking import Asked, Unclear, understood
from quizgen.study.console import Keys, Screen
from quizgen.study.events import Answer, Claim, Event, Flagged, HandIn, Hint, Next, Quit, Skip, Undo
from quizgen.study.feedback import Feedback, Said, correction_of, key_text, source_of
from quizgen.study.judging import result_of
from quizgen.study.record import Mark, Task
from quizgen.study.session import State, can_claim, had_second_try

_COMMANDS = {
    "?": "help",
    "h": "a hint, where the question has one",
    "u": "undo: take back the last answer",
    "s": "skip: leave this question out of this session",
    "q": "quit; quizgen quiz --resume goes on later",
}
_IN_AN_EXAM = {
    "?": "help",
    "u": "back: answer the question before again",
    "s": "later: this question comes again after the others",
    "e": "end: hand in, with what is not answered left blank",
    "q": "quit; quizgen quiz --resume goes on later",
}
_SEEN = (
    ("f", "flag: tell the author that the question is bad"),
    ("o", "open the question where it is written"),
)
"""What can be done with a question once its answer was seen."""
_WHILE_WRITING = {
    "u": "undo: take back the last line",
    "q": "quit; what you are writing is not kept",
}
_WRONG = "What is wrong with it, in one line, or Enter to say nothing"
_SURE = Keys(
    keys=(
        ("How sure?", ""),
        ("1", "a guess"),
        ("2", "fairly"),
        ("3", "sure"),
        ("u", "another answer"),
        ("q", "quit"),
    ),
    request="How sure? 1 a guess, 2 fairly, 3 sure; u for another answer",
)
_MORE = Keys(keys=(), request="More, or Enter to end")


class Dialogue:
    """The talk about one question at a time; `reason` is what was last said of an answer.

    In an exam nothing is judged aloud, and what the learner is to score is written down first.
    """

    def __init__(
        self,
        bank: Bank,
        screen: Screen,
        *,
        is_exam: bool = False,
        asks_confidence: bool = False,
        opened: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._bank = bank
        self._screen = screen
        self._is_exam = is_exam
        self._asks_confidence = asks_confidence
        self._opened = opened
        self._commands = _IN_AN_EXAM if is_exam else _COMMANDS
        self.reason = ""
        self.is_claimed = False
        self._again = False
        self._warned = False
        self._revealed = False

    def begin(self, task: Task, question: Question, view: Asked) -> None:
        """A question has just been put."""
        self.task, self.question, self._view = task, question, view
        self.reason = ""
        self.is_claimed = False
        self._again = self._warned = self._revealed = False
        self._draft: list[str] = []

    # --- Before the answer -----------------------------------------------------------------------

    def answer(self, state: State) -> Event:
        """The event that the learner's lines come to. Raises EOFError at the end of input."""
        if (own := self._own_word(state)) is not None:
            return own
        is_second = bool(state.tries)
        keys = self._keys()
        while True:
            line = self._screen.read(_MORE if self._draft else keys, again=self._again or is_second)
            self._again = True
            command = self._command(line)
            if command == "h":
                if hint := self.question.item.hint:
                    self._screen.tell(f"Hint: {to_text(hint)}")
                    return Hint()
                self._screen.tell("This question has no hint.")
            elif command == "?":
                self._help()
            elif command == "u" and self._draft:
                self._screen.tell(f'Taken back: "{self._draft.pop()}"')
            elif command:
                return _EVENTS[command]
            elif (event := self._meant(line, is_second=is_second)) is not None:
                return event

    def _own_word(self, state: State) -> Event | None:
        """The learner's own score, where that is what is asked for now."""
        item = self.question.item
        if self._is_exam and state.tries and not self._revealed:
            self._screen.tell(f'You wrote: "{state.tries[-1].text}"')
        match item:
            case Open() if state.tries:
                return self._own_score(item)
            case Card() if self._revealed:
                return self._own_grade()
            case Card() if state.tries:
                return self._turned(item)
            case _:
                return None

    def _meant(self, line: str, *, is_second: bool) -> Event | None:
        """The event that a line means which is no command; None where there is more to type."""
        item = self.question.item
        is_blank = not line.strip()
        if isinstance(item, Card) and not self._is_exam:
            return self._turned(item)
        if isinstance(item, Open) and not (self._is_exam and is_blank and not self._draft):
            return self._written(line)
        if not is_blank:
            if isinstance(item, Card):
                return _text_kept(self._text(line))
            return self._judged(line, is_second=is_second)
        if is_second or self._warned:
            self.reason = ""
            return Answer(response=None, mark="blank", share=Fraction(0))
        self._warned = True
        what = "leave it blank" if self._is_exam else "see the answer"
        self._screen.tell(f"Nothing typed. Press Enter once more to {what}.")
        return None

    def _judged(self, line: str, *, is_second: bool) -> Event | None:
        response = understood(self.question, self.task, self._text(line))
        if isinstance(response, Unclear):
            self._screen.tell(response.sentence)
            return None
        result = result_of(self._bank, self.question.item, self.task, response)
        self.reason = "" if result.mark == "exact" else result.reason
        answer = Answer(
            response=response,
            mark=result.mark,
            share=result.share,
            final=self._is_exam or is_second or result.mark != "close",
        )
        return self._with_confidence(answer) if self._asks_confidence and answer.final else answer

    def _with_confidence(self, answer: Answer) -> Event | None:
        """The answer with how sure the learner is of it; None where there is to be another one."""
        while True:
            line = self._screen.read(_SURE).strip().casefold().removeprefix(":")
            match line:
                case "1" | "2" | "3":
                    return replace(answer, confidence=int(line))
                case "u":
                    self._screen.tell("Taken back. What is your answer?")
                    return None
                case "q":
                    return Quit()
                case _:
                    self._screen.tell(
                        "Honest is best: 2 if two in three such answers are right, 3 if four in five."
                    )

    def _text(self, line: str) -> str:
        """What is meant by a line that is no command: a second colon lets it start with one."""
        return line[1:] if self._view.typed and line.startswith("::") else line

    def _keys(self) -> Keys:
        colon = ":" if self._view.typed else ""
        short, request = self._view.how
        keys = [("", short), (f"{colon}?", "help")]
        if self._is_exam:
            keys += [(self._sign("s"), "later"), (self._sign("e"), "end")]
        elif self.question.item.hint:
            keys.append((f"{self._sign('h')}", "hint"))
        keys += [(f"{colon}u", "back" if self._is_exam else "undo"), (f"{colon}q", "quit")]
        return Keys(keys=tuple(keys), request=f"{request}, or {colon}? for help")

    def _sign(self, command: str) -> str:
        """How a command is typed here: with a colon where the bare letter may be an answer."""
        item = self.question.item
        is_option = isinstance(item, Choice) and ord(command) - ord("a") in range(len(item.options))
        return f":{command}" if self._view.typed or is_option else command

    def _command(self, line: str) -> str:
        word = line.strip().casefold()
        name = word.removeprefix(":")
        return name if name in self._commands and word in (f":{name}", self._sign(name)) else ""

    def _help(self) -> None:
        self._screen.tell(f"{self._view.how[1]}.")
        commands = {**self._commands, **(_WHILE_WRITING if self._draft else {})}
        rows = [(self._sign(name), what) for name, what in commands.items()]
        if self._view.typed:
            rows.append(("::", "starts an answer that begins with a colon"))
        self._screen.list(tuple(rows))
        self._again = False

    # --- What the learner scores -----------------------------------------------------------------

    def _written(self, line: str) -> Answer | None:
        """A line more of what is being written; the answer, once an empty line ends it."""
        if line.strip():
            self._draft.append(self._text(line))
            return None
        return _text_kept("\n".join(self._draft).strip())

    def _own_score(self, item: Open) -> Event:
        if not self._revealed:
            rows = tuple((str(n), to_text(one.text)) for n, one in enumerate(item.rubric, start=1))
            self._screen.reveal("A model answer", to_text(item.model), rows)
            self._explain(())
            self._revealed = True
        if not item.rubric:
            keys = (("y", "right"), ("p", "partly"), ("n", "not yet"))
            return self._own("Was yours right? y yes, p partly, n not yet", keys, _SHARES)
        keys = (("1 3", "what yours says"), ("a", "all"), ("0", "none"))
        request = "Which of these does yours say? Numbers such as 1 3, a for all, 0 for none"
        total = sum(one.points for one in item.rubric)
        whole = Fraction(1)
        every = {str(n): one.points / total for n, one in enumerate(item.rubric, start=1)}
        return self._own(request, keys, {**every, "a": whole, "0": Fraction(0)})

    def _turned(self, item: Card) -> Event:
        back = Said(sign="none", whose="back", text=key_text(item, self.task), is_key=True)
        self._explain((back,))
        self._revealed = True
        self._again = False
        return self._own_grade()

    def _own_grade(self) -> Event:
        keys = (("y", "I knew it"), ("n", "not yet"))
        return self._own("Did you know it? y yes, n not yet", keys, _SHARES)

    def _own(
        self, request: str, keys: tuple[tuple[str, str], ...], shares: dict[str, Fraction]
    ) -> Event:
        """The learner's own score: the sum of the shares that the line names."""
        shown = Keys(keys=(*keys, ("f", "flag"), ("u", "undo"), ("q", "quit")), request=request)
        again = False
        while True:
            line = self._screen.read(shown, again=again).strip().casefold()
            again = True
            name = line.removeprefix(":")
            if name in ("u", "s", "q"):
                return _EVENTS[name]
            if name == "f":
                return self._flagged()
            if name == "o":
                self._screen.tell(self._opened(self.task.item))
            elif name == "?":
                self._screen.tell(f"{request}.")
                rest = ("u", "q") if self._is_exam else ("u", "s", "q")
                commands = [(key, self._commands[key]) for key in rest]
                self._screen.list((*keys, *_SEEN, *commands))
                again = False
            elif (share := _sum(line, shares)) is not None:
                return self._marked(share)
            else:
                self._screen.tell(f"{request}.")

    def _marked(self, share: Fraction) -> Answer:
        mark: Mark = "exact" if share == 1 else "partly" if share else "wrong"
        response: Response = Marked(share=share)
        return Answer(response=response, mark=mark, share=share)

    def _explain(self, said: tuple[Said, ...]) -> None:
        item = self.question.item
        why = Feedback(
            outcome="none",
            said=said,
            explain=to_text(item.explain),
            corrected=correction_of(item),
            source=source_of(self._bank, item),
        )
        if why != Feedback(outcome="none", said=()):
            self._screen.review(why)

    # --- After the answer ------------------------------------------------------------------------

    def after_review(self, state: State) -> Event:
        """What follows a review. Raises EOFError at the end of input."""
        keys = [("Enter", "next"), ("f", "flag"), ("u", "undo"), ("q", "quit")]
        if can_claim(state):
            is_second = had_second_try(state.attempts, state.attempts[-1])
            is_right = state.attempts[-1].right
            first = "the first was right too" if is_second and is_right else "I was right"
            keys.insert(1, ("y", first))
        shown = Keys(keys=tuple(keys), request="Enter for the next, or ? for help")
        again = False
        while True:
            line = self._screen.read(shown, again=again).strip().casefold().removeprefix(":")
            again = True
            match line:
                case "":
                    return Next()
                case "y":
                    return Claim()
                case "u" | "q":
                    return _EVENTS[line]
                case "f":
                    return self._flagged()
                case "o":
                    self._screen.tell(self._opened(self.task.item))
                case "?":
                    here = [one for one in keys if one[0] in ("Enter", "y")]
                    commands = [(key, _COMMANDS[key]) for key in ("u", "q")]
                    self._screen.list((*here, *_SEEN, *commands))
                    again = False
                case _:
                    self._screen.tell("Press Enter for the next question; ? shows what else.")

    def _flagged(self) -> Event:
        """The question is called bad; in what words, if any."""
        keys = Keys(keys=(("", "what is wrong with it"), ("Enter", "say nothing")), request=_WRONG)
        return Flagged(self._screen.read(keys).strip())


def _text_kept(text: str) -> Answer:
    """What was written, which the learner has still to score."""
    return Answer(response=None, mark="written", share=Fraction(0), final=False, text=text)


_EVENTS: dict[str, Event] = {"u": Undo(), "s": Skip(), "e": HandIn(), "q": Quit()}
_SHARES = {"y": Fraction(1), "p": Fraction(1, 2), "n": Fraction(0)}


def _sum(line: str, shares: dict[str, Fraction]) -> Fraction | None:
    """The shares named in a line, each once, together; None where it names another, or none."""
    words: Sequence[str] = line.replace(",", " ").split()
    if not words or any(word not in shares for word in words):
        return None
    if len(words) > 1 and any(not word.isdigit() or word == "0" for word in words):
        return None
    return sum((shares[word] for word in dict.fromkeys(words)), Fraction(0))
