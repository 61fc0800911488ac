"""The feet of several papers in one file, as printed: "Page 2 of 5", counted for each paper."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import load_media, read_bank
from quizgen.core.form import make_forms
from quizgen.model import Bank, Quiz
from quizgen.outputs.paper import STUDENTS, Printing, build
from quizgen.outputs.paper.handed import Dealing, Handed, build_handed
from quizgen.outputs.paper.pages import Student
from quizgen.outputs.pdf import devtools
from quizgen.outputs.pdf.devtools import Tab
from quizgen.outputs.template import Templates
from tests.conftest import ROOT, few, require_tool
from tests.paper_samples import (
    ARABIC,
    ARABIC_QUIZ,
    CHINESE,
    CHINESE_QUIZ,
    HARD,
    HARD_QUIZ,
    MEDIA,
    WATER,
    WATER_QUIZ,
    quiz_of,
)

pytestmark = pytest.mark.xdist_group("feet")
"""One browser for all of this file."""

Feet: TypeAlias = Mapping[str, list[tuple[int, int | None]]]
"""Of each paper, by its digest, the number of each sheet and of how many it says that it is."""

PAPERS = {"A4": (8.27, 11.69), "letter": (8.5, 11)}
"""Inches, as the dialogue of a printer hands them to a browser."""


@pytest.fixture
def feet(tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Prints a page on the paper that the printer holds, and reads the feet of its sheets."""

    def printed(html: str, paper: str = "letter", **choices: object) -> Feet:
        width, height = PAPERS[paper]
        chosen = {"paperWidth": width, "paperHeight": height, "preferCSSPageSize": True, **choices}
        monkeypatch.setattr(devtools, "_PRINT", chosen)
        page = tmp_path / "page.html"
        page.write_text(html, encoding="utf-8")
        with pymupdf.open(stream=tab.pdf_of(page.as_uri())) as document:  # type: ignore[no-untyped-call]
            return _feet(document)

    return printed


def _feet(document: Any) -> Feet:
    """Each paper starts on the front of a sheet."""
    found: dict[str, list[tuple[int, int | None]]] = {}
    for place, sheet in enumerate(document):
        low = [word for word in sheet.get_text("words") if word[1] > sheet.rect.height - 57]
        foot = " ".join(word[4] for word in sorted(low))
        mark = re.search(r"\b[0-9a-f]{6}\b", foot)
        page = re.search(r"Page (\d+)(?: of (\d+))?", foot)
        assert (mark is None) == (page is None), foot
        if mark and page:
            assert page[1] != "1" or place % 2 == 0
            said = page[2] and int(page[2])
            found.setdefault(mark[0], []).append((int(page[1]), said or None))
    return found


def all_forms(bank: Bank, quiz: Quiz, **changed: object) -> str:
    quiz = replace(quiz, plan=replace(quiz.plan, **changed))
    built = build(bank, quiz, media=MEDIA, templates=Templates())
    return built.files[f"build/{STUDENTS}/{quiz.plan.id}-all.html"].decode()


def is_right(feet: Feet) -> bool:
    """Whether each sheet of each paper says its number, and how many the paper has."""
    return all(
        own == [(number, len(own)) for number in range(1, len(own) + 1)] for own in feet.values()
    )


def is_never_wrong(feet: Feet) -> bool:
    """Whether each sheet says its number, and each paper how many it has or nowhere any number."""
    return all(
        own in ([(number, said) for number in range(1, len(own) + 1)] for said in (len(own), None))
        for own in feet.values()
    )


PAIR = replace(WATER_QUIZ.plan, forms=2, sections=(), blueprint=())
"""Two forms."""

SHUFFLED: Mapping[str, tuple[Bank, Quiz]] = {
    "water": (WATER, WATER_QUIZ),
    "hard": (HARD, HARD_QUIZ),
    "chinese": (CHINESE, CHINESE_QUIZ),
    "arabic": (ARABIC, ARABIC_QUIZ),
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SHUFFLED)
def test_each_form_in_the_file_of_all_says_page_x_of_y(feet: Any, name: str, paper: str) -> None:
    """Where questions are shuffled, so that forms of the same questions differ in length."""
    bank, quiz = SHUFFLED[name]
    read = feet(all_forms(bank, quiz, forms=5, shuffle_questions=True), paper)
    assert len(read) == 5
    assert is_right(read)


UNEQUAL: Mapping[str, Any] = {"forms": 6, "shuffle_questions": True, "seed": 1}
"""On Letter, forms of the hard quiz that have four pages and five."""


def test_forms_of_unequal_length_say_each_its_own(feet: Any) -> None:
    read = feet(all_forms(HARD, HARD_QUIZ, **UNEQUAL))
    assert is_right(read)
    assert {len(own) for own in read.values()} == {4, 5}


def test_a_style_sheet_s_own_size_is_known_whatever_the_printer_holds(tmp_path: Path) -> None:
    """A browser that is told nothing of paper holds Letter."""
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    html = all_forms(HARD, HARD_QUIZ, **UNEQUAL)
    page.write_text(html.replace("<style>", "<style>@page { size: A4; }", 1), encoding="utf-8")
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    switches = ("--headless", "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}")
    subprocess.run(
        [chromium, *switches, f"--print-to-pdf={pdf}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    with pymupdf.open(pdf) as document:  # type: ignore[no-untyped-call]
        read = _feet(document)
    assert len(read) == 6
    assert is_right(read)


def test_every_student_s_paper_says_page_x_of_y(feet: Any) -> None:
    quiz = replace(WATER_QUIZ, plan=replace(WATER_QUIZ.plan, forms=3, shuffle_questions=True))
    handed = tuple(
        Handed(form=form, student=Student(place=place, id=f"S{place}", name=name))
        for place, (form, name) in enumerate(
            zip(make_forms(quiz), ("Ada", "Blaise", "Carl"), strict=True), 1
        )
    )
    built = build_handed(
        WATER,
        quiz,
        forms=make_forms(quiz),
        dealing=Dealing(handed=handed),
        media=MEDIA,
        templates=Templates(),
        printing=Printing(folder="results/midterm"),
    )
    read = feet(built.files["results/midterm/papers/midterm-class.html"].decode())
    assert len(read) == 3
    assert is_right(read)


def test_a_line_that_just_fits_breaks_as_on_paper(feet: Any) -> None:
    """Long papers of the repository's own bank, one of two: a single pixel may escape foresight."""
    bank = read_bank(ROOT).bank
    assert bank is not None
    right = []
    for start in (0, 3):
        plan = replace(WATER_QUIZ.plan, forms=8, shuffle_questions=True, seed=start, sections=())
        items = tuple(replace(item, passage="") for item in bank.items[start::8])
        quiz = Quiz(bank=bank.name, plan=plan, items=items, passages=())
        built = build(bank, quiz, media=load_media(ROOT, bank), templates=Templates())
        read = feet(built.files[f"build/{STUDENTS}/midterm-all.html"].decode(), "A4")
        assert is_never_wrong(read)
        right.append(is_right(read))
    assert any(right)


def test_where_a_pixel_decides_nothing_is_said_of_that_paper(feet: Any) -> None:
    """Two sheets, or one and a blank one: the sum is the same, and A4 has one pixel more or less."""
    html = all_forms(WATER, quiz_of(replace(WATER, items=WATER.items[:1], passages=()), PAIR))

    def padded(pixels: int) -> Feet:
        style = f"<style>#form-A .head {{ padding-bottom: {pixels}px; }}</style></head>"
        read: Feet = feet(html.replace("</head>", style), "A4")
        return read

    fits, overflows = 0, 1000
    while overflows - fits > 1:
        middle = (fits + overflows) // 2
        if len(next(iter(padded(middle).values()))) == 1:
            fits = middle
        else:
            overflows = middle
    assert [*padded(fits).values()] == [[(1, None)], [(1, 1)]]
    assert [*padded(fits - 9).values()] == [[(1, 1)], [(1, 1)]]
    assert [*padded(overflows + 9).values()] == [[(1, 2), (2, 2)], [(1, 1)]]


def test_the_screen_shows_the_papers_as_before(feet: Any, tab: Tab) -> None:
    """Once they are printed."""
    feet(all_forms(HARD, HARD_QUIZ, **UNEQUAL))
    style = "getComputedStyle(document.querySelector('#form-A'))"
    seen = f"[{style}.maxWidth, {style}.columnWidth, getComputedStyle(document.body).margin].join()"
    answer = tab._ask("Runtime.evaluate", expression=seen)  # no product asks
    assert answer["result"]["value"] == "793.701px,auto,0px"


@pytest.mark.parametrize("scale", [0.6, 0.8, 1.25])
def test_with_another_scale_a_foot_says_no_wrong_number(feet: Any, scale: float) -> None:
    """The sheets are numbered, and no more is said, also where there are as many of them.

    At 80 % three of these forms have three pages and a blank one, in place of four.
    """
    read = feet(all_forms(WATER, WATER_QUIZ, forms=5, shuffle_questions=True, seed=2), scale=scale)
    assert [[number for number, _ in own] for own in read.values()] == [
        list(range(1, len(own) + 1)) for own in read.values()
    ]
    assert {said for own in read.values() for _, said in own} == {None}


def test_a_teacher_s_margins_are_counted_with(feet: Any) -> None:
    html = all_forms(HARD, HARD_QUIZ, forms=3, shuffle_questions=True)
    wide = html.replace("</head>", "<style>@page { margin: 3cm 1.2in 1in 30mm; }</style></head>")
    read = feet(wide, "A4")
    assert is_right(read)
    assert read != feet(html, "A4")


@settings(
    max_examples=few(4, nightly=60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    turns=st.lists(st.integers(0, len(HARD.items) - 1), min_size=1, max_size=40),
    seed=st.integers(0, 99),
    paper=st.sampled_from(sorted(PAPERS)),
)
def test_no_foot_says_a_wrong_number(feet: Any, turns: list[int], seed: int, paper: str) -> None:
    """Of any questions, however often and in whatever order."""
    items = tuple(
        replace(HARD.items[turn], id=f"{HARD.items[turn].id}-{number}", passage="")
        for number, turn in enumerate(turns)
    )
    plan = replace(HARD_QUIZ.plan, forms=3, shuffle_questions=True, seed=seed, sections=())
    quiz = Quiz(bank=HARD.name, plan=plan, items=items, passages=())
    assert is_never_wrong(feet(all_forms(replace(HARD, items=items), quiz), paper))
