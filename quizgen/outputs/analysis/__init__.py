"""An item analysis to the teacher's report: a page to read and print, and a sheet for programs.

It holds no name and nothing of a single student.
"""

from collections.abc import Sequence
from fractions import Fraction

from quizgen.core.form import printed_options
from quizgen.model import (
    Analysis,
    Choice,
    Edition,
    Frozen,
    Item,
    ItemAnalysis,
    Option,
    OptionUse,
    Suspicion,
)
from quizgen.outputs.analysis.histogram import Histogram, histogram
from quizgen.outputs.built import Built, Product
from quizgen.outputs.paper.texts import (
    Html,
    PaperWords,
    css_string,
    direction_of,
    plain,
    rich,
    shortened,
)
from quizgen.outputs.said import option_said, question_said
from quizgen.outputs.template import Templates
from quizgen.sheet import Delimiter, write_sheet

_SHORT = 70
_GRAVEST: Sequence[Suspicion] = ("wrong_key", "rival", "negative", "weak")


class OptionRow(Frozen, frozen=True, kw_only=True):
    """An option with who chose it, in words and percentages; `note` says what is odd about it."""

    text: Html
    is_key: bool
    is_rival: bool
    chosen: str
    upper: str
    lower: str
    mean: str
    note: str


class ItemView(Frozen, frozen=True, kw_only=True):
    """One question of the report. `sentence` says why it is suspected, `advice` what to do."""

    name: str
    number: str
    short: str
    stem: Html
    points: str
    students: str
    difficulty: str
    discrimination: str
    item_rest: str
    level: str
    options: tuple[OptionRow, ...] = ()
    unpicked: str = ""
    sentence: str = ""
    advice: str = ""
    letters: tuple[str, ...] = ()


class Figure(Frozen, frozen=True, kw_only=True):
    """A figure of the whole test with what it means."""

    name: str
    value: str
    meaning: str


def build(
    edition: Edition,
    analysis: Analysis,
    templates: Templates,
    folder: str,
    delimiter: Delimiter = ",",
) -> Built:
    """`analysis.html` and `analysis.csv` in `folder`."""
    items = {item.id: item for item in _items_of(edition)}
    page = _Report(edition, analysis, items, templates)
    files = {
        f"{folder}/analysis.html": page.html().encode(),
        f"{folder}/analysis.csv": write_sheet(page.rows(delimiter), delimiter),
    }
    products = [
        Product(
            kind=f"analysis.{kind}",
            path=path,
            items=len(analysis.items),
            quiz=edition.quiz.plan.id,
        )
        for path, kind in zip(files, ("page", "sheet"), strict=True)
    ]
    return Built(files=files, products=tuple(products))


def _items_of(edition: Edition) -> tuple[Item, ...]:
    return tuple(question.item for form in edition.forms for question in form.questions)


class _Report:
    def __init__(
        self,
        edition: Edition,
        analysis: Analysis,
        items: dict[str, Item],
        templates: Templates,
    ) -> None:
        self._edition, self._analysis, self._items = edition, analysis, items
        self._templates = templates
        language = edition.language
        catalogue = templates.words("paper", language) | templates.words("analysis", language)
        self._words = PaperWords(catalogue, direction_of(language))

    def html(self) -> str:
        """The page."""
        edition, analysis, words = self._edition, self._analysis, self._words
        views = [self._view(one) for one in analysis.items]
        return self._templates.render(
            "analysis/analysis.html",
            {
                "language": edition.language,
                "direction": words.direction,
                "words": words,
                "title": plain(edition.quiz.plan.title),
                "about": words.say(
                    "about",
                    edition=edition.number,
                    students=words.count("students", analysis.students),
                    questions=words.count("questions", len(views)),
                ),
                "mark": Html(css_string(plain(edition.quiz.plan.title))),
                "page_of": Html(
                    words.content("page_of", page="counter(page)", pages="counter(pages)")
                ),
                "is_judged": analysis.is_judged,
                "suspected": self._suspected(views),
                "figures": self._figures(),
                "complete": words.say("complete", n=analysis.complete)
                if 0 < analysis.complete < analysis.students
                else "",
                "histogram": self._histogram(),
                "items": views,
                "left_out": words.listed([self._named(one) for one in analysis.left_out]),
            },
        )

    # --- Questions -------------------------------------------------------------------------------

    def _named(self, item: str) -> str:
        number = self._number(item)
        return f"{number} ({item})" if number else item

    def _number(self, item: str) -> str:
        """Its printed number, or that in each form where they differ: A 3, B 5."""
        places = {
            form.letter: question.number
            for form in self._edition.forms
            for question in form.questions
            if question.item.id == item
        }
        if len(set(places.values())) == 1 and len(places) == len(self._edition.forms):
            return str(next(iter(places.values())))
        return ", ".join(f"{letter}\u00a0{number}" for letter, number in places.items())

    def _view(self, one: ItemAnalysis) -> ItemView:
        item, words = self._items[one.item], self._words
        text = question_said(item)
        options = {option.id: option_said(option) for option in _options(item)}
        return ItemView(
            name=one.item,
            number=self._number(one.item),
            short=shortened(plain(text), _SHORT),
            stem=rich(text, words.direction),
            points=words.count("points", one.possible),
            students=words.number(one.students),
            difficulty=self._percent(one.difficulty),
            discrimination=self._hundredths(one.discrimination),
            item_rest=self._hundredths(one.item_rest),
            level=self._level(one.difficulty),
            options=tuple(
                self._option(use, rich(options[use.option], words.direction), one)
                for use in one.options
            ),
            unpicked=words.count("unpicked", one.unpicked) if one.unpicked else "",
            sentence=self._sentence(one, options),
            advice=words.say(f"advice_{one.suspicion}") if one.suspicion else "",
            letters=self._letters(one) if one.rival else (),
        )

    def _option(self, use: OptionUse, text: Html, one: ItemAnalysis) -> OptionRow:
        words = self._words
        note = words.say("key_note") if use.is_key else ""
        if not use.is_key and not use.chosen and self._analysis.is_judged:
            note = words.say("nobody_note")
        return OptionRow(
            text=text,
            is_key=use.is_key,
            is_rival=use.option == one.rival,
            chosen=words.number(use.chosen),
            upper=self._percent(use.upper),
            lower=self._percent(use.lower),
            mean=self._percent(use.mean),
            note=note,
        )

    def _sentence(self, one: ItemAnalysis, options: dict[str, str]) -> str:
        words = self._words
        if not one.suspicion:
            return ""
        keys = [use for use in one.options if use.is_key]
        rivals = [use for use in one.options if use.option == one.rival]
        return words.say(
            f"suspected_{one.suspicion}",
            rival=words.quoted([_in_a_sentence(options[use.option]) for use in rivals]),
            rival_share=self._percent(rivals[0].upper) if rivals else "",
            right=words.quoted([_in_a_sentence(options[use.option]) for use in keys]),
            right_share=self._percent(max((use.upper for use in keys), default=None)),
            item_rest=self._hundredths(one.item_rest),
        )

    def _letters(self, one: ItemAnalysis) -> tuple[str, ...]:
        """Key and rival by their letters in each form, to look at on the paper."""
        keys = {use.option for use in one.options if use.is_key}
        found = []
        for form in self._edition.forms:
            for question in form.questions:
                if question.item.id != one.item:
                    continue
                marks = {option.id: mark for mark, option in printed_options(question)}
                found.append(
                    self._words.say(
                        "letters",
                        form=form.letter,
                        number=question.number,
                        right=self._words.listed(sorted(marks[key] for key in keys)),
                        rival=marks[one.rival],
                    )
                )
        return tuple(found)

    def _suspected(self, views: Sequence[ItemView]) -> list[ItemView]:
        pairs = zip(self._analysis.items, views, strict=True)
        found = [(one, view) for one, view in pairs if one.suspicion]
        found.sort(key=lambda pair: (_GRAVEST.index(pair[0].suspicion), pair[0].item_rest or 0))
        return [view for _, view in found]

    def _level(self, difficulty: Fraction | None) -> str:
        if difficulty is None:
            return ""
        easy, hard = Fraction(9, 10), Fraction(3, 10)
        name = "easy" if difficulty > easy else "hard" if difficulty < hard else ""
        return self._words.say(name) if name else ""

    # --- The test as a whole ---------------------------------------------------------------------

    def _figures(self) -> tuple[Figure, ...]:
        analysis, say = self._analysis, self._words.say
        if analysis.mean is None:
            return (Figure(name=say("mean"), value="–", meaning=say("incomplete")),)
        possible = self._words.number(analysis.possible)
        share = analysis.mean / analysis.possible if analysis.possible else None
        value = say("of", value=self._hundredths(analysis.mean), n=possible)
        figures = [
            Figure(
                name=say("mean"),
                value=value,
                meaning=say("mean_means", percent=self._percent(share)),
            )
        ]
        if analysis.deviation is not None:
            figures.append(
                Figure(
                    name=say("deviation"),
                    value=self._hundredths(analysis.deviation),
                    meaning=say("deviation_means"),
                )
            )
        if analysis.alpha is not None and analysis.error is not None:
            figures.append(
                Figure(
                    name=say("kr20" if analysis.is_right_or_wrong else "alpha"),
                    value=self._hundredths(analysis.alpha),
                    meaning=say(self._reliability(analysis.alpha)),
                )
            )
            error = self._hundredths(analysis.error)
            figures.append(
                Figure(name=say("error"), value=error, meaning=say("error_means", n=error))
            )
        return tuple(figures)

    def _reliability(self, alpha: float) -> str:
        if not self._analysis.is_judged:
            return "alpha_few"
        return "alpha_high" if alpha >= 0.8 else "alpha_fair" if alpha >= 0.6 else "alpha_low"

    def _histogram(self) -> Histogram:
        return histogram(self._analysis.histogram, self._words)

    # --- Numbers ---------------------------------------------------------------------------------

    def _percent(self, share: Fraction | None) -> str:
        if share is None:
            return "–"
        return f"{self._words.number(_half_up(share * 100))}\u00a0%"

    def _hundredths(self, value: float | Fraction | None) -> str:
        if value is None:
            return "–"
        whole = _half_up(Fraction(value) * 100)
        text = str(abs(whole)).rjust(3, "0")
        return self._words.author_number(f"{'-' if whole < 0 else ''}{text[:-2]}.{text[-2:]}")

    # --- The sheet -------------------------------------------------------------------------------

    def rows(self, delimiter: Delimiter) -> list[list[str]]:
        """A row for each question, and one for each option under it, in English and in decimals."""
        sign = "," if delimiter == ";" else "."

        def said(value: float | Fraction | None) -> str:
            return "" if value is None else f"{float(value):.4f}".replace(".", sign)

        rows = [
            "question item option key possible students difficulty discrimination item_rest "
            "upper lower mean suspicion".split()
        ]
        for one in self._analysis.items:
            number = self._number(one.item).replace("\u00a0", " ")
            possible, count = said(one.possible), str(one.students)
            figures = [said(one.difficulty), said(one.discrimination), said(one.item_rest)]
            suspicion = one.suspicion.replace("_", " ")
            rows.append(
                [number, one.item, "", "", possible, count, *figures, "", "", "", suspicion]
            )
            options = {option.id: option_said(option) for option in _options(self._items[one.item])}
            for use in one.options:
                shares = [said(use.upper), said(use.lower), said(use.mean)]
                key, text = "key" if use.is_key else "", plain(options[use.option])
                rival = "rival" if use.option == one.rival else ""
                head = [number, one.item, text, key, "", str(use.chosen), "", "", ""]
                rows.append([*head, *shares, rival])
        return rows


def _options(item: Item) -> tuple[Option, ...]:
    return item.options if isinstance(item, Choice) else ()


def _in_a_sentence(text: str) -> str:
    """Without the full stop that would end the sentence around it."""
    return text.rstrip().removesuffix(".")


def _half_up(value: Fraction) -> int:
    """The nearest whole number, a half away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole
