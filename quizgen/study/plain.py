"""The screens in plain sentences, in reading order: for screen readers, pipes and scripts.

No signs, indents or colours; a line is one thought and is left unwrapped.
"""

from quizgen.study.asking import Asked
from quizgen.study.console import Console, Head, Keys
from quizgen.study.feedback import Feedback, Said
from quizgen.study.phrases import ONCE_MORE, SURE, closing_words, duration, score_words
from quizgen.study.summary import Summary

_OPENINGS = {
    "right": "Right.",
    "wrong": "Not right.",
    "partly": "Partly right.",
    "blank": "Not answered.",
    "none": "",
}


class Plain:
    """A Screen for people who listen, and for programs."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._asked: tuple[Head, Asked] | None = None

    def put(self, head: Head, view: Asked) -> None:
        """Say which question it is, then ask it."""
        self._asked = head, view
        write = self.console.write
        write()
        opening = [f"Question {head.step} of {head.total}."]
        if head.topic:
            opening.append(f"Topic: {head.topic}.")
        if head.standing:
            opening.append(f"{head.standing.capitalize()}.")
        write(" ".join(opening))
        for line in (
            head.passage_title,
            head.passage,
            view.stem,
            view.picture,
            view.sound,
            view.note,
        ):
            if line:
                write(line)
        for row in view.rows:
            write(f"{row.mark}. {row.text}")
        if view.rights:
            write("To pair with:")
        for row in view.rights:
            write(f"{row.mark}. {row.text}")

    def read(self, keys: Keys, *, again: bool = False) -> str:
        """The line typed after a request in words."""
        del again
        return self.console.read(f"{keys.request}: ")

    def again(self) -> None:
        """Say what is asked, unless it was answered, and the request."""
        self.console.write()
        if self._asked is not None:
            self.put(*self._asked)
        self.console.prompt_again()

    def near(self, reason: str) -> None:
        """Say what is near."""
        self.console.write(f"{reason} {ONCE_MORE}")

    def review(self, feedback: Feedback) -> None:
        """Say how it was, what is right, and why."""
        self._asked = None
        write = self.console.write
        given = [said for said in feedback.said if said.whose == "you" and said.sign != "blank"]
        right = [said for said in feedback.said if said.is_key]
        opening = _OPENINGS[feedback.outcome]
        if feedback.share:
            opening = f"{opening.rstrip('.')}: {feedback.share}."
        if given:
            opening += f" You answered {'; '.join(map(_said, given))}."
        if opening:
            write(opening)
        if right and (feedback.outcome != "right" or any(one.whose != "you" for one in right)):
            verb = _is_right(right)
            write(f"{verb} {'; '.join(map(_said, right))}{'.' if not _ends(right) else ''}")
        if feedback.reason:
            write(feedback.reason)
        for text, why in feedback.whys:
            write(f"{text.rstrip('.')}: {why}")
        if feedback.explain:
            write(feedback.explain)
        if feedback.corrected:
            write(feedback.corrected)
        if feedback.source:
            write(f"Source: {feedback.source}.")
        for note in feedback.notes:
            write(note)

    def reveal(self, title: str, text: str, rows: tuple[tuple[str, str], ...] = ()) -> None:
        """Say the other side, or the model answer and its rubric."""
        self.console.write(f"{title}:")
        self.console.write(text)
        for mark, words in rows:
            self.console.write(f"{mark}. {words}")

    def recall(self, title: str, stem: str) -> None:
        """Say which question it was, and what it asked."""
        self.console.write()
        self.console.write(f"{title}.")
        self.console.write(stem)

    def tell(self, sentence: str) -> None:
        """Say one thing."""
        self.console.write(sentence)

    def list(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Say each key and what it does."""
        for key, what in rows:
            self.console.write(f"{key}: {what}")

    def close(self, summary: Summary) -> None:
        """Say what was right at once, topic by topic, and what is worth another look."""
        write = self.console.write
        write()
        write(f"{score_words(summary)} Time: {duration(summary.seconds)}.")
        for one in summary.topics:
            write(f"{one.topic or 'No topic'}: {one.right} of {one.asked}.")
        if summary.missed:
            write("Missed at first:")
        for slip in summary.missed:
            asked = f"{SURE} {slip.stem}" if slip.is_sure else slip.stem
            write(f"{asked} The right answer: {slip.answer.rstrip('.')}.")
        for label, text in closing_words(summary):
            write(f"{label}: {text}.")


def _is_right(right: list[Said]) -> str:
    """How the sentence starts that names what is right."""
    if right[0].whose == "back":
        return "The back is"
    if any(not said.whose for said in right):
        return "The right order is"
    return "The right answer is" if len(right) == 1 else "The right answers are"


def _said(said: Said) -> str:
    return f"{said.mark}, {said.text}" if said.mark else said.text


def _ends(said: list[Said]) -> bool:
    return said[-1].text.endswith((".", "!", "?"))
