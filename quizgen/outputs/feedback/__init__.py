"""A marked paper to the page that its student gets back: topics, what to look at, what was right.

The page holds one student's answers alone; under which name it is kept is its caller's to say.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizgen.model import Document, Edition, Frozen, Given, Open, Returned
from quizgen.outputs.feedback.answers import given_lines, picked_whys, right_lines
from quizgen.outputs.paper.keys import cited
from quizgen.outputs.paper.pictures import data_uris
from quizgen.outputs.paper.questions import Press
from quizgen.outputs.paper.rules import RuleLine, kinds_scored, rules_in_words
from quizgen.outputs.paper.texts import Html, PaperWords, css_string, direction_of, plain
from quizgen.outputs.paper.views import Picture
from quizgen.outputs.said import question_said
from quizgen.outputs.template import Templates

_FIRM = Fraction(4, 5)


class AnswerView(Frozen, frozen=True, kw_only=True):
    """One answer. `state` is right, partly, wrong, blank, open or void; `sign` shows it."""

    number: int
    state: str
    sign: str
    state_said: str
    stem: Html
    picture: Picture | None
    points: str
    given: tuple[Html, ...]
    given_said: str
    right: tuple[Html, ...]
    right_label: str
    whys: tuple[Html, ...]
    cite: Html


class TopicView(Frozen, frozen=True, kw_only=True):
    """What was earned in a topic; `share` (0..1) is as long as its bar."""

    name: str
    share: str
    said: str


_STATES: Mapping[str, str] = {
    "right": "✓",
    "partly": "◐",
    "wrong": "✗",
    "blank": "○",
    "open": "…",
    "void": "–",
}


class Feedback:
    """Makes the pages of an edition, one for each paper."""

    def __init__(
        self, edition: Edition, templates: Templates, media: Mapping[str, bytes] | None = None
    ) -> None:
        language = edition.language
        catalogue = templates.words("paper", language) | templates.words("feedback", language)
        self._edition = edition
        self._templates = templates
        self._words = PaperWords(catalogue, direction_of(language))
        self._press = Press(
            words=self._words,
            rules=edition.quiz.plan.rules,
            pictures=data_uris(edition.quiz, media or {}),
        )
        self._documents: dict[str, Document] = {one.name: one for one in edition.documents}

    def page(self, paper: Returned) -> bytes:
        """The page of one paper."""
        words, form = self._words, paper.form
        views = [self._view(one) for one in paper.answers]
        return self._templates.render(
            "feedback/feedback.html",
            {
                "language": self._edition.language,
                "direction": words.direction,
                "words": words,
                "title": plain(self._edition.quiz.plan.title),
                "about": " · ".join(
                    filter(
                        None,
                        (
                            paper.name or paper.student,
                            words.say("form_letter", letter=form.letter),
                            form.digest,
                        ),
                    )
                ),
                "total": self._total(paper),
                "grade": words.say("grade", grade=paper.grade) if paper.grade else "",
                "advice": self._advice(paper),
                "topics": self._topics(paper),
                "look": [one for one in views if one.state != "right"],
                "right": [one for one in views if one.state == "right"],
                "rules": self._rules(paper),
                "mark": Html(
                    css_string(f"{words.say('form_letter', letter=form.letter)} · {form.digest}")
                ),
                "page_of": Html(
                    words.content("page_of", page="counter(page)", pages="counter(pages)")
                ),
            },
        ).encode()

    def _rules(self, paper: Returned) -> tuple[RuleLine, ...]:
        return rules_in_words(kinds_scored(paper.form), self._press.rules, self._words)

    def _total(self, paper: Returned) -> str:
        number = self._number
        points = paper.points if paper.total is None else paper.total
        return self._words.say("of", value=number(points), n=number(paper.possible))

    def _advice(self, paper: Returned) -> str:
        """What helps, before any count of faults."""
        if paper.total is None:
            return self._words.say("unfinished")
        earned = _by_topic(paper.answers)
        firm = [name for name, (own, full) in earned.items() if name and own >= full * _FIRM]
        weak = [name for name, (own, full) in earned.items() if name and own < full * _FIRM]
        say, listed = self._words.say, self._words.listed
        return " ".join(
            filter(
                None,
                (
                    say("firm", topics=listed(list(map(plain, firm)))) if firm else "",
                    say("again", topics=listed(list(map(plain, weak)))) if weak else "",
                ),
            )
        )

    def _topics(self, paper: Returned) -> tuple[TopicView, ...]:
        """Where there are several; those of no topic are not told."""
        earned = {name: one for name, one in _by_topic(paper.answers).items() if name}
        if len(earned) < 2:
            return ()
        number = self._number
        return tuple(
            TopicView(
                name=plain(name),
                share=f"{float(max(own, Fraction(0)) / full):.3f}",
                said=self._words.say("of", value=number(own), n=number(full)),
            )
            for name, (own, full) in earned.items()
        )

    def _view(self, one: Given) -> AnswerView:
        item, words = one.question.item, self._words
        state = "void" if one.void else one.score.outcome if one.score else "open"
        is_open = isinstance(item, Open)
        given = given_lines(one, self._press)
        said = "" if given else self._given_said(one)
        whys = picked_whys(one, self._press)
        if item.explain:
            whys = (*whys, self._press.text(item.explain))
        return AnswerView(
            number=one.question.number,
            state=state,
            sign=_STATES[state],
            state_said=words.say(f"state_{state}"),
            stem=self._press.text(question_said(item)),
            picture=self._press.picture(item.image),
            points=self._points(one),
            given=given,
            given_said=said,
            right=right_lines(one, self._press),
            right_label=words.say("for_instance" if is_open else "right"),
            whys=whys,
            cite=cited(item, self._documents, self._press),
        )

    def _points(self, one: Given) -> str:
        number = self._number
        if one.void:
            return self._words.say(f"void_{one.void}")
        if one.score is None:
            return "–"
        return self._words.say("of", value=number(one.score.points), n=number(one.score.possible))

    def _number(self, value: Fraction) -> str:
        """Exactly; what is no decimal as a whole number and a fraction, such as 19 2/3."""
        said = self._words.number(value)
        whole, rest = divmod(abs(value.numerator), value.denominator)
        if "/" not in said or not whole:
            return said
        sign = "\u2212" if value < 0 else ""
        return f"{sign}{whole}\u00a0{rest}/{value.denominator}"

    def _given_said(self, one: Given) -> str:
        if one.by_hand:
            return self._words.say("by_hand")
        return self._words.say("not_marked" if one.score is None else "left_blank")


def _by_topic(answers: Sequence[Given]) -> dict[str, tuple[Fraction, Fraction]]:
    """Points earned and possible in each topic, in the order of the paper."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for one in answers:
        if one.score is None or one.void or not one.score.possible:
            continue
        own, full = found.get(one.question.item.topic, (Fraction(0), Fraction(0)))
        points = (own + one.score.points, full + one.score.possible)
        found[one.question.item.topic] = points
    return found
