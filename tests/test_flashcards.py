"""Flashcards on paper: fronts and backs that meet, and nothing cut off in silence."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pymupdf
import pytest

from quizgen.model import Bank
from quizgen.outputs import flashcards
from quizgen.outputs.flashcards.layout import CARDS, CardSize, Flip, PageSize, grid_of
from quizgen.outputs.pdf import Engine, with_pdfs
from quizgen.outputs.template import Templates
from tests.paper_samples import HARD, MEDIA, WATER
from tests.test_cli import BANK, QUESTIONS, quizgen
from tests.test_paper_print import solid
from tests.test_pdf import ENGINES, require_engine

MM = 72 / 25.4


def printed(
    bank: Bank, engine: Engine, card: CardSize, page: PageSize = "a4", flip: Flip = "long"
) -> list[Any]:
    """The pages of the PDF."""
    require_engine(engine)
    built = flashcards.build(
        bank, media=MEDIA, templates=Templates(), card=card, page=page, flip=flip
    )
    (made,) = with_pdfs([built], engine=engine, size=page, templates=Templates())
    (pdf,) = (data for path, data in made.files.items() if path.endswith(".pdf"))
    document: Any = pymupdf.open(stream=pdf)  # type: ignore[no-untyped-call]
    return list(document)


def ids(page: Any, bank: Bank) -> dict[str, tuple[float, float]]:
    """Where the small id of each card starts, from the top left corner, in millimetres."""
    known = {item.id for item in bank.items}
    return {text: (x, y) for x, y, _, _, text, size in spans(page) if size < 7 and text in known}


def spans(page: Any) -> list[tuple[float, float, float, float, str, float]]:
    """Each run of one type: its box in millimetres from the top left corner, its text and size."""
    return [
        (*(side / MM for side in span["bbox"]), span["text"].strip(), span["size"])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if span["text"].strip()
    ]


def marks(page: Any) -> set[tuple[float, float]]:
    """The middle of each mark to cut by, from the top left corner, in millimetres."""
    return {
        (
            (drawing["rect"].x0 + drawing["rect"].x1) / 2 / MM,
            (drawing["rect"].y0 + drawing["rect"].y1) / 2 / MM,
        )
        for drawing in page.get_drawings()
        if min(drawing["rect"].width, drawing["rect"].height) < 0.3 * MM
        and max(drawing["rect"].width, drawing["rect"].height) < 4.5 * MM
    }


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("card", "page", "flip"),
    [("a7", "a4", "long"), ("business", "a4", "short"), ("index", "letter", "long")],
)
def test_a_front_and_its_back_meet_within_half_a_millimetre(
    engine: Engine, card: CardSize, page: PageSize, flip: Flip
) -> None:
    """Measured by the id that stands at one place of both sides, and by the marks to cut by."""
    grid = grid_of(card, page, flip)
    pages = printed(WATER, engine, card, page, flip)
    for front, back in zip(pages[0:2:2], pages[1:2:2], strict=True):
        assert front.rect.width / MM == pytest.approx(grid.page_width, abs=0.5)
        fronts, backs = ids(front, WATER), ids(back, WATER)
        assert fronts.keys() == backs.keys()
        assert len(fronts) == min(grid.count, len(WATER.items))
        for name, (x, y) in fronts.items():
            column = round((x - 6 - grid.cell(0, turned=False).left) // grid.width)
            row = round((y - grid.cell(0, turned=False).top) // grid.height)
            there = grid.cell(row * grid.columns + column, turned=True)
            here = grid.cell(row * grid.columns + column, turned=False)
            assert backs[name][0] - there.left == pytest.approx(x - here.left, abs=0.5), name
            assert backs[name][1] - there.top == pytest.approx(y - here.top, abs=0.5), name
        turned = {
            (grid.page_width - x, y) if grid.mirrors == "columns" else (x, grid.page_height - y)
            for x, y in marks(back)
        }
        assert len(marks(front)) >= (grid.columns + 1) * (grid.rows + 1)
        for x, y in marks(front):
            assert any(abs(x - a) < 0.5 and abs(y - b) < 0.5 for a, b in turned), (x, y)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("card", ["a7", "business"])
def test_nothing_is_cut_off(engine: Engine, card: CardSize) -> None:
    """Each card's words end above its foot; what is too long stands on a sheet, with a note.

    Where it comes from stands smaller than what is said.
    """
    for bank in (WATER, HARD):
        built = flashcards.build(bank, media=MEDIA, templates=Templates(), card=card)
        long = {str(p.item) for p in built.problems if p.code == "too_long_for_card"}
        pages = printed(bank, engine, card)
        grid = grid_of(card, "a4", "long")
        count = -(-len(bank.items) // grid.count) * 2
        assert (len(pages) > count) == bool(long)
        after = solid("".join(page.get_text() for page in pages[count:]))
        assert all(name in after for name in long)
        for page in pages[:count]:
            for before, cited in pairwise(spans(page)):
                if cited[4].startswith("Reader"):
                    assert cited[5] < 0.95 * before[5], cited
            for x, y, right, bottom, text, size in spans(page):
                column = int((x - grid.cell(0, turned=False).left) // grid.width)
                row = int((y - grid.cell(0, turned=False).top) // grid.height)
                cell = grid.cell(row * grid.columns + column, turned=False)
                assert right <= cell.left + grid.width - 4, text
                foot = 1.5 if size < 7 else 5.5
                assert bottom <= cell.top + grid.height - foot, text


@pytest.mark.parametrize("card", get_args(CardSize))
@pytest.mark.parametrize("page", get_args(PageSize))
@pytest.mark.parametrize("flip", get_args(Flip))
def test_turned_twice_a_card_lies_where_it_lay(card: CardSize, page: PageSize, flip: Flip) -> None:
    """Turning the sheet over its edge puts the back of each card behind its front."""
    grid = grid_of(card, page, flip)
    assert grid.count >= 2
    assert (grid.width, grid.height) == CARDS[card]
    for place in range(grid.count):
        front, back = grid.cell(place, turned=False), grid.cell(place, turned=True)
        if grid.mirrors == "columns":
            seen = (grid.page_width - back.left - grid.width, back.top)
        else:
            seen = (back.left, grid.page_height - back.top - grid.height)
        assert seen == pytest.approx((front.left, front.top), abs=0.01)


def test_only_a_back_has_the_key() -> None:
    built = flashcards.build(WATER, media=MEDIA, templates=Templates(), card="a6")
    (html,) = (data.decode() for data in built.files.values())
    sheets = re.findall(r"<section class=\"sheet\">.*?</section>", html, re.DOTALL)
    fronts, backs = "".join(sheets[0::2]), "".join(sheets[1::2])
    assert "sublimation" not in fronts
    assert "sublimation" in backs


def test_build_prints_cards_on_request_and_takes_old_ones_away(project: Path) -> None:
    (project / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (project / "questions" / "lakes.yaml").write_text(QUESTIONS, encoding="utf-8")

    def built(*words: str) -> Sequence[str]:
        run = quizgen("build", *words, cwd=project)
        assert run.returncode == 0, run.stderr
        return sorted(path.name for path in (project / "build").glob("*flashcards*"))

    assert built() == []
    assert built("--flashcards", "a7") == ["lakes-flashcards-a7.html"]
    assert built("--only", "flashcards", "--flashcards", "index") == ["lakes-flashcards-index.html"]
    assert built("--only", "paper") == ["lakes-flashcards-index.html"]
    assert built() == []
