"""PDFs beside the pages: the same by both engines as on paper, and told what to install."""

import builtins
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, assert_never, get_args

import pymupdf
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from quizgen.cli import main
from quizgen.core.form import make_form, make_forms
from quizgen.model import (
    Bank,
    Entry,
    Image,
    Match,
    Open,
    Option,
    Order,
    Pair,
    Quiz,
    QuizPlan,
    Quota,
)
from quizgen.outputs import paper
from quizgen.outputs.built import Built, Product
from quizgen.outputs.paper import Printing, form_path, large_path, sheet_path
from quizgen.outputs.pdf import (
    Engine,
    EngineFault,
    PageSize,
    chromium,
    ready,
    weasyprint,
    with_pdfs,
)
from quizgen.outputs.pdf.engine import Page
from quizgen.outputs.template import Templates
from tests.conftest import require_tool
from tests.paper_samples import (
    ARABIC,
    ARABIC_QUIZ,
    HARD,
    HARD_QUIZ,
    MEDIA,
    WATER,
    WATER_QUIZ,
    quiz_of,
)
from tests.pdf_pages import bookmarks, fonts_outside, sheets, untagged
from tests.test_cli import BANK, QUESTIONS, quizgen
from tests.test_paper_print import SIZES, of_length, solid

pytestmark = pytest.mark.xdist_group("pdf")
"""One process prints each quiz once."""

ENGINES = get_args(Engine)
FORMS = ("paper.form", "paper.forms")
QUIZZES = {"water": (WATER, WATER_QUIZ), "hard": (HARD, HARD_QUIZ)}


def built(bank: Bank, quiz: Quiz, templates: Templates) -> Built:
    quiz = replace(quiz, plan=replace(quiz.plan, forms=2))
    return paper.build(bank, quiz, media=MEDIA, templates=templates)


def only(one: Built, *kinds: str) -> Built:
    """Products of these kinds alone, to print no more than is looked at."""
    products = tuple(product for product in one.products if product.kind in kinds)
    assert products
    files = {product.path: one.files[product.path] for product in products}
    return replace(one, products=products, files=files)


def pdfs(one: Built) -> Mapping[str, bytes]:
    return {p.path: one.files[p.path] for p in one.products if p.kind.endswith(".pdf")}


def require_engine(engine: Engine) -> None:
    """Skip where what the engine needs is not on this machine, or fail in CI."""
    match engine:
        case "chromium":
            require_tool("chromium", "chromium-browser", "google-chrome")
        case "weasyprint":
            try:
                ready(engine)
            except EngineFault as fault:
                if os.environ.get("QUIZGEN_REQUIRE_TOOLS") == "1":
                    pytest.fail(str(fault))
                pytest.skip(str(fault))
        case _:
            assert_never(engine)


class Presses:
    """Prints each quiz once by each engine and for each size: on A4 all of it, on Letter the forms."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Engine, str], Built] = {}

    def made(self, name: str, engine: Engine, size: str) -> Built:
        require_engine(engine)
        key = (name, engine, size)
        if key not in self._made:
            one = built(*QUIZZES[name], Templates())
            if size != "A4":
                one = only(one, *FORMS)
            (self._made[key],) = with_pdfs(
                [one], engine=engine, size="a4" if size == "A4" else "letter", templates=Templates()
            )
        return self._made[key]


@pytest.fixture(scope="module")
def presses() -> Presses:
    return Presses()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", QUIZZES)
def test_both_engines_print_the_same_words_on_as_many_pages(
    presses: Presses, name: str, size: str
) -> None:
    """Form for form and key for key; on hard pages one may need a page more."""
    one, other = (pdfs(presses.made(name, engine, size)) for engine in ENGINES)
    assert one.keys() == other.keys()
    for path in one:
        mine, theirs = sheets(one[path]), sheets(other[path])
        assert {sheet.size for sheet in (*mine, *theirs)} == {SIZES[size]}, path
        if name == "water":
            assert len(mine) == len(theirs), path
        assert said(mine) == said(theirs), path


def said(pages: list[Any]) -> dict[str, int]:
    """How often each sign of letters and digits is printed above the footers."""
    found: dict[str, int] = {}
    for page in pages:
        high = page.size[1] - 60
        for _, y, word in page.words:
            if y < high:
                for sign in filter(str.isalnum, solid(word)):
                    found[sign] = found.get(sign, 0) + 1
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_a_pdf_has_its_fonts_tags_bookmarks_language_and_title(
    presses: Presses, engine: Engine
) -> None:
    made = presses.made("water", engine, "A4")
    for path, pdf in pdfs(made).items():
        reader: Any = PdfReader(BytesIO(pdf))
        root = reader.root_object
        assert fonts_outside(pdf) == set(), path
        assert root["/MarkInfo"]["/Marked"], path
        assert untagged(pdf) == [], path
        assert root["/Lang"] == "en", path
        assert "Water on Earth" in reader.metadata["/Title"], path
        assert any("Water on Earth" in title for title, _ in bookmarks(pdf)), path
    form = next(p.path for p in made.products if p.kind == "paper.form.pdf")
    titles = [title for title, _ in bookmarks(made.files[form])]
    assert [t for t in titles if t.startswith("Question ")] == [
        f"Question {n}" for n in range(1, 16)
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", QUIZZES)
def test_each_form_starts_on_a_right_hand_page_and_counts_its_own(
    presses: Presses, engine: Engine, name: str
) -> None:
    """All forms in one file are the sheets of each form's own, with blank ones between."""
    made = presses.made(name, engine, "A4")
    (path,) = (p.path for p in made.products if p.kind == "paper.forms.pdf")
    whole = sheets(made.files[path])
    at = 0
    for product in made.products:
        if product.kind == "paper.form.pdf":
            at += at % 2
            own = sheets(made.files[product.path])
            assert [s.text for s in whole[at : at + len(own)]] == [s.text for s in own]
            assert any(page == at + 1 for _, page in bookmarks(made.files[path]))
            at += len(own)
    assert len(whole) == at


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", SIZES)
def test_no_question_is_split(presses: Presses, engine: Engine, size: str) -> None:
    """The bookmark of each question is on the page that holds its last option."""
    made = presses.made("water", engine, size)
    form = next(p for p in made.products if p.kind == "paper.form.pdf")
    pages = sheets(made.files[form.path])
    at = dict(bookmarks(made.files[form.path]))
    quiz = replace(WATER_QUIZ, plan=replace(WATER_QUIZ.plan, forms=2))
    for question in make_forms(quiz)[0].questions:
        options = getattr(question.item, "options", ()) or getattr(question.item, "sequence", ())
        for option in options:
            assert solid(option.text) in pages[at[f"Question {question.number}"] - 1].text


def test_by_weasyprint_matchings_with_pictures_have_two_columns() -> None:
    """As wide as the longer side needs; it takes no reckoned widths of columns."""
    long = "st right side that takes far more room than the left side beside it"
    picture = Image(file="media/square.png", alt="A lake", width="2 cm")
    pairs = tuple(
        Pair(left=Option(id=n, text=f"Left{n}", image=picture), right=Option(id=n, text=n + long))
        for n in ("1", "2")
    )
    own = replace(WATER, items=(Match(id="a", stem="Match.", pairs=pairs),), passages=())
    quiz = quiz_of(own, QuizPlan(id="pairs", title="Pairs", blueprint=(Quota(count=1),), forms=1))
    made = paper.build(own, quiz, media=MEDIA, templates=Templates())
    (sheet,) = sheets(alone(made, form_path(make_form(quiz, 0)), "weasyprint"))
    at = {word: (x, y) for x, y, word in sheet.words}
    (left, top), (right, level) = (
        min((at[one], at[other]), key=lambda place: place[1])
        for one, other in (("Left1", "Left2"), ("1st", "2st"))
    )
    assert abs(top - level) < 3
    assert 60 < right - left < 160


@pytest.mark.parametrize("engine", ENGINES)
def test_thirty_rows_stay_on_one_page(engine: Engine) -> None:
    """Of a matching and of an ordering; the rows stand closer where there are so many."""
    texts = [Option(id=f"row-{n:02}", text=f"Row{n:02}") for n in range(30)]
    pairs = tuple(
        Pair(left=one, right=replace(one, text=f"End{n:02}")) for n, one in enumerate(texts)
    )
    items = (
        Match(id="a", stem="Match.", pairs=pairs),
        Order(id="b", stem="Sort.", sequence=tuple(texts)),
    )
    bank = Bank(name="long", title="Long", items=items)
    quiz = quiz_of(bank, QuizPlan(id="long", title="Long", blueprint=(Quota(count=2),), forms=1))
    made = paper.build(bank, quiz, media={}, templates=Templates())
    pages = sheets(alone(made, form_path(make_form(quiz, 0)), engine, "letter"))
    assert sorted(sheet.text.count("Row") for sheet in pages) == [0, 30, 30]
    assert [sheet.text.count("End") % 30 for sheet in pages] == [0, 0, 1]


def alone(made: Built, path: str, engine: Engine, size: PageSize = "a4") -> bytes:
    """One page of a product as PDF."""
    require_engine(engine)
    one = Built(
        files={path: made.files[path]},
        products=tuple(product for product in made.products if product.path == path),
    )
    (pressed,) = with_pdfs([one], engine=engine, size=size, templates=Templates())
    return pressed.files[path.replace(".html", ".pdf")]


@pytest.mark.parametrize("engine", ENGINES)
def test_large_print_has_nothing_below_18_pt(engine: Engine) -> None:
    """Neither rules, points and hints nor the numbers of gaps, tables and footers."""
    made = paper.build(
        WATER, WATER_QUIZ, media=MEDIA, templates=Templates(), printing=Printing(large_print=True)
    )
    pdf = alone(made, large_path(make_form(WATER_QUIZ, 0)), engine)
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        sizes = {
            (round(span["size"], 1), span["text"])
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if span["text"].strip() not in {"", "Question"}
        }
    assert [text for size, text in sizes if size < 17.9] == []


@pytest.mark.parametrize(
    ("bank", "quiz"), [(WATER, of_length(40)), (ARABIC, ARABIC_QUIZ)], ids=["40", "arabic"]
)
def test_an_answer_sheet_is_the_same_by_both_engines(bank: Bank, quiz: Quiz) -> None:
    """One page, on which every sign of the rows stands within 2 mm of where the other has it."""
    form = make_form(quiz, 0)
    made = paper.build(
        bank, quiz, media=MEDIA, templates=Templates(), printing=Printing(answer_sheet=True)
    )
    one, other = (signs(alone(made, sheet_path(form), engine)) for engine in ENGINES)
    assert len(one) == len(other)
    for sign, x, y in one:
        assert any(sign == same and abs(x - u) + abs(y - v) < 6 for same, u, v in other)


def signs(pdf: bytes) -> list[tuple[str, float, float]]:
    """The letters and digits of the rows of a sheet, each with its place."""
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        (page,) = document
        return [
            (one["c"], *one["origin"])
            for block in page.get_text("rawdict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            for one in span["chars"]
            if one["c"].isascii() and one["c"].isalnum() and 150 < one["origin"][1] < 780
        ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_has_room_by_hand(presses: Presses, engine: Engine) -> None:
    """The line behind "Name" is as long as 26 letters are by hand, and the day has 20 mm."""
    made = presses.made("water", engine, "A4")
    form = next(p for p in made.products if p.kind == "paper.form.pdf")
    with pymupdf.open(stream=made.files[form.path]) as document:  # type: ignore[no-untyped-call]
        page = document[0]
        at = {word[4]: word for word in page.get_text("words")}
        lines = [
            one["rect"] for one in page.get_drawings() if one["rect"].height < 2 < one["rect"].width
        ]
    for label, least in (("Name", 70), ("Date", 20)):
        _, _, end, below, *_ = at[label]
        beside = [line for line in lines if abs(line.y1 - below) < 6 and line.x1 > end]
        first = min(beside, key=lambda line: abs(line.x0 - end))
        assert first.x1 - end > least / 25.4 * 72, label


@pytest.mark.parametrize("engine", ENGINES)
def test_a_short_last_question_is_not_alone_on_its_page(engine: Engine) -> None:
    """Where one more would not stand on the first page, the last that does goes with it."""
    files: dict[str, bytes] = {}
    products: list[Product] = []
    for count in range(8, 11):
        items = tuple(
            Entry(id=f"q{n}", stem=f"Which lake is number {n}?", accept=("Baikal",))
            for n in range(count)
        )
        plan = QuizPlan(id=f"q{count}", title="Lakes", blueprint=(Quota(count=count),), forms=1)
        bank = Bank(name="lakes", title="Lakes", items=items)
        made = paper.build(bank, quiz_of(bank, plan), media={}, templates=Templates())
        files |= made.files
        products += [one for one in made.products if one.kind == "paper.form"]
    require_engine(engine)
    one = Built(files={p.path: files[p.path] for p in products}, products=tuple(products))
    (pressed,) = with_pdfs([one], engine=engine, size="a4", templates=Templates())
    pages = [
        [sheet.text.count("Whichlakeisnumber") for sheet in sheets(pdf)]
        for pdf in pdfs(pressed).values()
    ]
    fit = max(map(max, pages))
    assert [fit - 1, 2] in pages
    assert all(1 not in of_form for of_form in pages)


def test_squares_to_write_in_are_drawn() -> None:
    """As wide as they stand on the screen; WeasyPrint reads no page's styles in a drawing."""
    item = Open(id="draw", stem="Draw it.", model="A curve.", grid=True)
    bank = replace(WATER, items=(item,), passages=())
    quiz = quiz_of(bank, QuizPlan(id="draw", title="Draw", blueprint=(Quota(count=1),)))
    made = paper.build(bank, quiz, media=MEDIA, templates=Templates())
    pdf = alone(made, form_path(make_form(quiz, 0)), "weasyprint")
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        lines = [
            drawn
            for page in document
            for path in page.get_drawings()
            for drawn in path["items"]
            if path["color"] and drawn[0] == "l" and abs(drawn[2].x - drawn[1].x) > 440
        ]
    assert len(lines) > 4


@pytest.mark.parametrize("engine", ENGINES)
def test_from_right_to_left_letters_and_columns_run_so(engine: Engine) -> None:
    """A stands to the right of B on one line; the boxes of a matching, right of its letters."""
    form = make_form(ARABIC_QUIZ, 0)
    made = paper.build(ARABIC, ARABIC_QUIZ, media=MEDIA, templates=Templates())
    words = [word for sheet in sheets(alone(made, form_path(form), engine)) for word in sheet.words]
    for first, second in (("A", "B"), ("1", "A")):
        beside = [
            (x, other)
            for x, y, word in words
            for other, line, letter in words
            if (word, letter) == (first, second) and abs(y - line) < 2 and x > 100
        ]
        assert beside, first
        assert all(x > other for x, other in beside), first
    fields = [
        next((x, y) for x, y, w in words if w.strip("\u2066\u2069") == one)
        for one in ("Class", "Date", "Seat", "Points")
    ]
    assert max(y for _, y in fields) - min(y for _, y in fields) < 2
    assert all(x - other > 60 for (x, _), (other, _) in pairwise(fields))


def test_large_print_by_weasyprint_has_matchings_in_two_columns_and_tables_on_the_page() -> None:
    """The first left side and the first right side stand on one line; no rule runs over the edge."""
    form = make_form(HARD_QUIZ, 0)
    made = paper.build(
        HARD, HARD_QUIZ, media=MEDIA, templates=Templates(), printing=Printing(large_print=True)
    )
    pdf = alone(made, large_path(form), "weasyprint")
    (page,) = (sheet for sheet in sheets(pdf) if "Match.Write" in sheet.text)
    first = {
        side: [(x, y) for x, y, word in page.words if word == side] for side in ("left", "right")
    }
    (x, y), (other, line) = first["left"][0], first["right"][0]
    assert abs(y - line) < 2
    assert other > x + 100
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        drawn = [path["rect"].x1 for page in document for path in page.get_drawings()]
        assert max(drawn) < document[0].rect.x1 - 40


@pytest.mark.parametrize("engine", ENGINES)
def test_same_pages_same_bytes(presses: Presses, engine: Engine) -> None:
    """However many processes print, and whenever."""
    first = pdfs(presses.made("water", engine, "A4"))
    forms = only(built(WATER, WATER_QUIZ, Templates()), *FORMS)
    (made,) = with_pdfs([forms], engine=engine, size="a4", templates=Templates())
    again = pdfs(made)
    assert len(again) == 3
    assert again.items() <= first.items()
    assert all(b"/CreationDate" not in pdf for pdf in first.values())


def test_a_browser_started_for_each_page_prints_the_same(presses: Presses, tmp_path: Path) -> None:
    """As it is on Windows."""
    made = presses.made("water", "chromium", "A4")
    page = tmp_path / "page.html"
    html = made.files[next(p.path for p in made.products if p.kind == "paper.form")].decode()
    page.write_text(html.replace("</head>", "<style>@page{size:A4}</style></head>"), "utf-8")
    (pdf,) = chromium._one_by_one(chromium.find_browser(), tmp_path, [page.as_uri()])
    own = made.files[next(p.path for p in made.products if p.kind == "paper.form.pdf")]
    assert [s.text for s in sheets(pdf)] == [s.text for s in sheets(own)]
    assert bookmarks(pdf) == bookmarks(own)


def test_pages_print_the_same_after_others_as_alone() -> None:
    """Styles, fonts and pictures are read once for all; no counter or typeface stays behind."""
    require_engine("weasyprint")
    face = "data:font/ttf;base64,AAAA"
    styles = (
        "@counter-style own { system: fixed; symbols: X Y } li { list-style: own }",
        "li { list-style: own }",
        f"@font-face {{ font-family: Own; src: url({face}) }} li {{ font-family: Own }}",
        "@page { size: A5 } li { color: red }",
    )
    pages = [
        Page(name=str(n), html=f"<html><style>{style}</style><ol><li>one<li>two</ol>")
        for n, style in enumerate(styles)
    ]
    together = weasyprint.Printer()
    for page in (*pages, *pages):
        assert together.printed(page) == weasyprint.Printer().printed(page), page.html
    assert len({weasyprint.Printer().printed(page).pdf for page in pages[:2]}) == 2


# --- What cannot be printed ----------------------------------------------------------------------


def project_with(tmp_path: Path, template: str, text: str) -> Templates:
    own = tmp_path / "templates" / "paper" / template
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    return Templates(tmp_path)


def test_mathml_is_an_error_and_no_pdf(tmp_path: Path) -> None:
    """<math> of a teacher's own template: 1/2 would be printed as 12."""
    require_engine("weasyprint")
    templates = project_with(
        tmp_path,
        "form.html",
        '{% extends "quizgen/paper/form.html" %}{% block instructions %}<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>{% endblock %}',
    )
    one = built(WATER, WATER_QUIZ, templates)
    (made,) = with_pdfs([one], engine="weasyprint", size="a4", templates=templates)
    assert [problem.code for problem in made.problems if problem.severity == "error"] == [
        "mathml_in_pdf"
    ]
    assert "midterm-A" in made.problems[-1].message
    assert pdfs(made) == {}


@pytest.mark.parametrize(
    "picture",
    ['<img src="data:image/png;base64,AAAA" alt="">', '<img src="file:///etc/hostname" alt="">'],
)
def test_a_picture_that_would_be_left_out_is_an_error(tmp_path: Path, picture: str) -> None:
    """A broken one, or one from elsewhere, which is never loaded."""
    require_engine("weasyprint")
    templates = project_with(
        tmp_path,
        "table.html",
        '{% extends "quizgen/paper/table.html" %}{% block seats %}' + picture + "{% endblock %}",
    )
    one = only(built(WATER, WATER_QUIZ, templates), "paper.keys")
    (made,) = with_pdfs([one], engine="weasyprint", size="a4", templates=templates)
    assert {problem.code for problem in made.problems if problem.severity == "error"} == {
        "left_out_of_pdf"
    }


def test_a_missing_extra_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "weasyprint":
            raise ImportError(name)
        return really(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineFault, match=r"pip install 'quizgen\[pdf\]'"):
        ready("weasyprint")


@pytest.mark.parametrize("engine", ENGINES)
def test_without_what_joins_pdfs_either_engine_says_what_to_install(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is printed."""
    require_engine(engine)
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    monkeypatch.delitem(sys.modules, "quizgen.outputs.pdf.joining", raising=False)
    with pytest.raises(EngineFault, match=r"pikepdf.*pip install 'quizgen\[pdf\]'"):
        ready(engine)


def test_a_missing_library_is_a_sentence_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return really(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineFault, match=r"Debian.*Fedora.*macOS.*Windows"):
        ready("weasyprint")


def test_no_browser_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_usual_places", lambda: iter(()))
    with pytest.raises(EngineFault, match=r"No Chrome, Chromium or Edge.*Debian.*Windows"):
        ready("chromium")


@pytest.mark.skipif(sys.platform == "win32", reason="led through a pipe elsewhere only")
@pytest.mark.parametrize("program", ["exit 3", "exec sleep 60"])
def test_a_browser_that_gives_up_or_hangs_is_a_sentence(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(f"#!/bin/sh\n{program}\n")
    browser.chmod(0o755)
    monkeypatch.setattr(chromium, "find_browser", lambda: str(browser))
    monkeypatch.setattr(chromium, "PATIENCE", 1.0)
    with pytest.raises(EngineFault, match="gave up before"):
        chromium.press([Page(name="page", html="<p>page")])


BUSY = """#!{python}
import json, os
heard = b""
def say(**message): os.write(4, json.dumps(message).encode() + bytes(1))
def load(page): say(method="Page.lifecycleEvent", params=dict(name="load", loaderId=page))
while data := os.read(3, 1 << 16):
    *questions, heard = (heard + data).split(bytes(1))
    for question in map(json.loads, questions):
        method, result = question["method"], dict(targetId="t", sessionId="s", data="UERG")
        if method == "Page.navigate":
            result = dict(loaderId=question["params"]["url"])
            {events}
        say(id=question["id"], result=result)
        if method == "Browser.close": raise SystemExit
"""


def busy_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: str) -> None:
    """A browser that says `events` before it answers that it went to a page."""
    browser = tmp_path / "chromium"
    browser.write_text(BUSY.format(python=sys.executable, events=events), encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setattr(chromium, "find_browser", lambda: str(browser))
    monkeypatch.setattr(chromium, "PATIENCE", 10.0)


@pytest.mark.skipif(sys.platform == "win32", reason="led through a pipe elsewhere only")
def test_a_page_may_be_there_before_the_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And the blank one before it be told of again: a busy browser keeps no order."""
    busy_browser(tmp_path, monkeypatch, 'load("blank"); load(result["loaderId"])')
    pages = [Page(name=name, html="<p>page") for name in "AB"]
    assert [one.pdf for one in chromium.press(pages)] == [b"PDF", b"PDF"]


@pytest.mark.skipif(sys.platform == "win32", reason="led through a pipe elsewhere only")
def test_a_tab_that_crashed_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    busy_browser(tmp_path, monkeypatch, 'say(method="Inspector.targetCrashed")')
    begun = time.monotonic()
    with pytest.raises(EngineFault, match="gave up before"):
        chromium.press([Page(name="page", html="<p>page")])
    assert time.monotonic() - begun < 10


def test_a_process_that_dies_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where memory ran out."""
    require_engine("weasyprint")
    monkeypatch.setattr(weasyprint, "_processors", lambda: 2)
    monkeypatch.setattr(weasyprint, "print_page", _die)
    pages = [Page(name=str(n), html="<p>page") for n in range(5)]
    with pytest.raises(EngineFault, match="stopped before it was done"):
        weasyprint.press(pages)


def _die(_: Page) -> None:
    os._exit(9)


@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_browsers_are_found_in_their_usual_places(
    folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of each system: a program that is not on PATH."""
    browser = tmp_path / "chrome"
    browser.write_text("")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(chromium, "_LINUX", (str(tmp_path / folder / "chrome"),))
    monkeypatch.setattr(sys, "platform", "linux")
    if folder == ".":
        assert Path(chromium.find_browser()).samefile(browser)
    else:
        with pytest.raises(EngineFault):
            chromium.find_browser()


# --- The command ---------------------------------------------------------------------------------


@pytest.fixture
def lakes(project: Path) -> Path:
    """A project of three questions."""
    (project / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (project / "questions" / "lakes.yaml").write_text(QUESTIONS, encoding="utf-8")
    return project


def test_build_writes_pdfs_beside_the_pages_and_takes_old_ones_away(lakes: Path) -> None:
    """A build without --pdf leaves none that belongs to an earlier paper."""
    require_engine("weasyprint")
    run = quizgen("build", "--only", "paper", "--pdf", "--page-size", "letter", cwd=lakes)
    assert run.returncode == 0, run.stderr
    pages = {p.with_suffix("") for p in (lakes / "build").glob("*/*.html")}
    made = {p.with_suffix("") for p in (lakes / "build").glob("*/*.pdf")}
    assert pages == made != set()
    pdf = next((lakes / "build" / "students").glob("*-A-*.pdf")).read_bytes()
    assert {sheet.size for sheet in sheets(pdf)} == {SIZES["letter"]}
    assert "PDF" in run.stdout
    assert quizgen("build", "--only", "paper", cwd=lakes).returncode == 0
    assert list((lakes / "build").glob("*/*.pdf")) == []


def test_an_edition_is_printed_as_pdf_and_again_byte_for_byte(lakes: Path) -> None:
    """With a PDF beside each page, and the letter and digest of its form on each sheet."""
    require_engine("weasyprint")
    assert main(["freeze", "-C", str(lakes), "quiz", "--pdf"]) == 0
    edition = lakes / "printed" / "quiz-1"
    first = {path.relative_to(edition): path.read_bytes() for path in edition.glob("*/*.pdf")}
    assert {path.with_suffix("") for path in first} == {
        path.relative_to(edition).with_suffix("") for path in edition.glob("*/*.html")
    }
    for path, pdf in first.items():
        if found := re.fullmatch(r"quiz-([AB])-([0-9a-f]{6})", path.stem):
            assert all(f"Form{found[1]}·{found[2]}" in sheet.text for sheet in sheets(pdf))
    assert main(["reprint", str(edition), "--pdf"]) == 0
    again = lakes / "build" / "printed" / "quiz-1"
    assert {p.relative_to(again): p.read_bytes() for p in again.glob("*/*.pdf")} == first


def test_what_is_missing_stops_build_before_anything_is_written(lakes: Path) -> None:
    """Exit code 2: nothing is wrong with the questions."""
    code = (
        "import sys; sys.modules['weasyprint'] = None\n"
        "from quizgen.cli import main; sys.exit(main(['build', '--pdf']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=lakes, capture_output=True, text=True, check=False
    )
    assert (run.returncode, "pip install 'quizgen[pdf]'" in run.stderr) == (2, True), run.stderr
    assert not (lakes / "build").exists()
