"""A bank to flashcards on paper: sheets to print on both sides and cut, fronts and backs that meet.

A question stands on its card as on a form, its answer on the back as in a key. A text that a card
of that size cannot hold stands whole on a sheet after the cards, and the card says so.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizgen.core.form import make_form
from quizgen.core.select import practice
from quizgen.model import Bank, Item, Quiz, QuizPlan, Quota
from quizgen.outputs.built import Built, Product
from quizgen.outputs.flashcards.fitting import Room, fitting
from quizgen.outputs.flashcards.layout import CARDS, CardSize, Cell, Flip, Grid, PageSize, grid_of
from quizgen.outputs.flashcards.sides import Side, back_of, front_of
from quizgen.outputs.paper.pictures import data_uris, unprintable
from quizgen.outputs.paper.questions import Press
from quizgen.outputs.paper.texts import Html, PaperWords, direction_of, plain
from quizgen.outputs.template import Templates
from quizgen.problem import Problem

__all__ = ["CARDS", "CardSize", "Flip", "PageSize", "build"]


def build(
    bank: Bank,
    *,
    media: Mapping[str, bytes],
    templates: Templates,
    card: CardSize = "a7",
    page: PageSize = "a4",
    flip: Flip = "long",
) -> Built:
    """A card for each question that may be practised, as one file. Same values, same bytes."""
    items = practice(bank)
    if not items:
        return Built(files={}, products=())
    sheets = _Sheets(bank, items, media, templates, grid_of(card, page, flip))
    html, long = sheets.page()
    path = f"build/{bank.name}-flashcards-{card}.html"
    return Built(
        files={path: html.encode()},
        products=(Product(kind="flashcards.sheets", path=path, items=len(items)),),
        problems=unprintable(sheets.quiz, media) + _too_long(long, card),
    )


def _too_long(long: Sequence[Item], card: CardSize) -> tuple[Problem, ...]:
    """A note for each item whose text stands on the sheet after the cards."""
    return tuple(
        Problem(
            code="too_long_for_card",
            severity="note",
            message=f"Its text is too long for a card of the size {card}, so it stands on a sheet after the cards.",
            fix="Shorten it, or choose larger cards.",
            item=item.id,
        )
        for item in long
    )


class _Sheets:
    """The sheets of one bank's cards."""

    def __init__(
        self,
        bank: Bank,
        items: Sequence[Item],
        media: Mapping[str, bytes],
        templates: Templates,
        grid: Grid,
    ) -> None:
        used = {item.passage for item in items}
        self.quiz = Quiz(
            bank=bank.name,
            plan=QuizPlan(id="flashcards", title=bank.title, blueprint=(Quota(count=len(items)),)),
            items=tuple(items),
            passages=tuple(one for one in bank.passages if one.id in used),
        )
        self._bank, self._grid, self._templates = bank, grid, templates
        direction = direction_of(bank.language)
        said = templates.words("paper", bank.language)
        said |= templates.words("flashcards", bank.language)
        self._words = PaperWords(said, direction)
        self._press = Press(
            words=self._words, rules=self.quiz.plan.rules, pictures=data_uris(self.quiz, media)
        )

    def page(self) -> tuple[Html, tuple[Item, ...]]:
        """The file, and the items that are too long for their cards."""
        passages = {one.id: one for one in self.quiz.passages}
        documents = {one.name: one for one in self._bank.documents}
        questions = make_form(self.quiz, 0).questions
        room = Room(width=self._grid.width - 12, height=self._grid.height - 17)
        cards, whole, long = [], [], []
        for question in questions:
            sides = (
                front_of(question, passages, self._press),
                back_of(question, documents, self._press),
            )
            rendered = [self._render("side", side=side) for side in sides]
            sizes = [fitting(text, room) for text in rendered]
            if None in sizes:
                long.append(question.item)
                whole.append((question.item.id, *rendered))
            cards.append(
                tuple(
                    self._card(side, text, size, question.item)
                    for side, text, size in zip(sides, rendered, sizes, strict=True)
                )
            )
        sheets = [
            self._sheet(cards[first : first + self._grid.count], turned=turned)
            for first in range(0, len(cards), self._grid.count)
            for turned in (False, True)
        ]
        html = self._render(
            "page",
            grid=self._grid,
            sheets=sheets,
            whole=whole,
            language=self._bank.language,
            direction=self._words.direction,
            heading=plain(self._bank.title),
        )
        return html, tuple(long)

    def _card(self, side: Side, text: Html, size: Fraction | None, item: Item) -> Html:
        too_long = Html(f'<p class="elsewhere">{self._words.say("elsewhere", id=item.id)}</p>')
        return self._render(
            "card",
            side=side,
            text=too_long if size is None else text,
            size=float(9 if size is None else size),
            id=item.id,
            topic=plain(item.topic),
        )

    def _sheet(
        self, cards: Sequence[tuple[Html, ...]], *, turned: bool
    ) -> tuple[tuple[Cell, Html], ...]:
        """The fronts of a sheet or, turned, their backs, each with its place."""
        return tuple(
            (self._grid.cell(place, turned=turned), card[turned])
            for place, card in enumerate(cards)
        )

    def _render(self, template: str, **values: object) -> Html:
        common: dict[str, object] = {"words": self._words}
        return Html(self._templates.render(f"flashcards/{template}.html", common | values))
