"""The report on an edition's questions: what a teacher reads, and what must never stand in it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from quizgen.cli import main
from quizgen.grading.analysis import analyze, columns_of
from quizgen.model import Edition, Revision
from quizgen.outputs import analysis as report
from quizgen.outputs.template import Templates
from quizgen.sheet import read_sheet
from tests.grading_samples import LAKE, edition_of, frozen, head, marked, quiz_of
from tests.test_analysis import _EASY, _OTHERS, WRONG_KEY, answers

EDITION = edition_of(quiz_of(LAKE, _EASY, *_OTHERS))


def file_of(lake: Sequence[str]) -> str:
    """Responses of students from the best to the weakest, with what each took for LAKE."""
    rows = [
        answers(EDITION.forms, n, {"lake": name, "easy": "one"}, 8 - n * 9 // len(lake))
        for n, name in enumerate(lake)
    ]
    return "\n".join([",".join(head(EDITION.forms)), *rows])


def pages(
    lake: Sequence[str], edition: Edition = EDITION, revisions: Sequence[Revision] = ()
) -> tuple[str, bytes]:
    """The page and the sheet."""
    results, _ = marked(file_of(lake), edition.forms, revisions)
    found = analyze(*columns_of(results))
    files = report.build(edition, found, Templates(), "results/quiz-1").files
    return files["results/quiz-1/analysis.html"].decode(), files["results/quiz-1/analysis.csv"]


def test_the_wrong_key_stands_first_with_its_letters_on_every_form() -> None:
    """The sentence names key and rival in words, and their letters as printed."""
    page, _ = pages(WRONG_KEY)
    first = page.index('class="card"')
    assert "The key may be wrong: 100\u00a0% of the best students chose “Victoria”" in page
    for form in EDITION.forms:
        question = next(one for one in form.questions if one.item.id == "lake")
        key = chr(ord("A") + question.order.index("baikal"))
        rival = chr(ord("A") + question.order.index("victoria"))
        said = f"Form {form.letter}, question {question.number}: key {key}, chosen {rival}"
        assert page.index(said) > first


def test_few_students_are_told_of() -> None:
    page, _ = pages(WRONG_KEY[:29])
    assert "fewer than 30 students" in page
    assert 'class="card"' not in page
    assert "<svg" in page


def test_the_page_needs_nothing_else() -> None:
    """No address, no script; and the histogram speaks."""
    page, _ = pages(WRONG_KEY)
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page
    assert 'role="img" aria-label="' in page


def test_each_sheet_of_it_says_whose_it_is_and_which() -> None:
    page, _ = pages(WRONG_KEY)
    assert '@bottom-left { content: "' in page
    assert 'content: "Page " counter(page) " of " counter(pages)' in page


def test_no_student_stands_in_the_report() -> None:
    page, sheet = pages(WRONG_KEY)
    for name in ("s11", "s23", "s39"):
        assert name not in page
        assert name not in sheet.decode("utf-8-sig")


def test_a_voided_question_is_told_of() -> None:
    gone = Revision(item="lake", date="2026-11-30", reason="Misprint.", void="drop")
    page, _ = pages(WRONG_KEY, revisions=[gone])
    assert "Voided, so left out: " in page
    assert "(lake)" in page


def test_the_sheet_has_a_row_for_each_question_and_option() -> None:
    rows = read_sheet(pages(WRONG_KEY)[1], "a.csv").rows
    cells = [list(row.cells) for row in rows]
    assert len(cells) == 1 + 10 + 4 + 3
    lake = [row for row in cells if row[1] == "lake"]
    assert lake[0][-1] == "wrong key"
    assert [row[2] for row in lake[1:]] == ["Baikal", "Victoria", "Superior", "Tanganyika"]
    assert [row[-1] for row in lake[1:]] == ["", "rival", "", ""]


@pytest.mark.parametrize("language", ["de", "ar", "fr"])
def test_other_languages(language: str) -> None:
    """German has its own words, others the English ones; right to left where it is written so."""
    page, _ = pages(WRONG_KEY, edition_of(quiz_of(LAKE, _EASY, *_OTHERS), language))
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert ("Zuerst ansehen" in page) == (language == "de")


def test_the_catalogues_have_the_same_sentences() -> None:
    folder = Path(__file__).parent.parent / "templates" / "analysis" / "words"
    english, german = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("en", "de")
    )
    assert english.keys() == german.keys()


def test_grading_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the gradebook; the summary says what to look at first."""
    folder = frozen(tmp_path, EDITION.quiz)
    (folder / "responses.csv").write_text(file_of(WRONG_KEY), encoding="utf-8")
    assert main(["grade", str(folder)]) == 0
    assert (tmp_path / "results/quiz-1/analysis.html").is_file()
    assert (tmp_path / "results/quiz-1/analysis.csv").is_file()
    assert 'Look first at "lake"' in capsys.readouterr().out
