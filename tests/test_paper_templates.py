"""A teacher's own templates: one block, one file, a letterhead; and what they may not do."""

import re
from pathlib import Path

import pytest

from quizgen.core.form import make_form
from quizgen.outputs.paper import build, form_path, key_path
from quizgen.outputs.template import TemplateFault, Templates
from tests.paper_samples import MEDIA, WATER, WATER_QUIZ, grey_png

FORM = form_path(make_form(WATER_QUIZ, 0))
KEY = key_path(make_form(WATER_QUIZ, 0))
OURS = build(WATER, WATER_QUIZ, media=MEDIA, templates=Templates()).files


def printed(project: Path, **files: str | bytes) -> dict[str, str]:
    """The products of a project with these own templates, `paper_form_html` for `paper/form.html`."""
    for name, text in files.items():
        *folders, stem, suffix = name.split("_")
        path = project / "templates" / "/".join(folders) / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    built = build(WATER, WATER_QUIZ, media=MEDIA, templates=Templates(project))
    return {path: data.decode() for path, data in built.files.items()}


DOCS = (Path(__file__).parent.parent / "docs/papers.md").read_text(encoding="utf-8")
LETTERHEAD, TYPEFACE = re.findall(r"```jinja\n(.*?)```", DOCS, flags=re.DOTALL)


def test_a_letterhead_is_five_lines(tmp_path: Path) -> None:
    """It stands above quizgen's own head, with the school's crest inside the file; keys have none.

    This is the example of docs/papers.md.
    """
    assert LETTERHEAD.count("\n") == 5
    html = printed(tmp_path, paper_form_html=LETTERHEAD, paper_crest_png=grey_png(8, 8))
    before, after = html[FORM].split(" Harbour School, Year 9</p>\n")
    assert 'src="data:image/png;base64,' in before
    above, _, below = OURS[FORM].decode().partition('<header class="head">')
    assert before.startswith(above.rstrip())
    assert after.split() == f'<header class="head">{below}'.split()
    assert html[KEY] == OURS[KEY].decode()


def test_one_block_of_the_style_is_added_to(tmp_path: Path) -> None:
    """As in the example of docs/papers.md; it stands after all of ours, so that it counts."""
    html = printed(tmp_path, paper_page_html=TYPEFACE)
    own = ':root { --sans: "Andika", sans-serif;'
    assert all(
        one.rindex("@page") < one.index(own) < one.rindex("</style>") for one in html.values()
    )
    assert all(re.findall("</?style>", one) == ["<style>", "</style>"] * 2 for one in html.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('{"of_total": "out of {points}"}', 'nothing fills {points} in "of_total".'),
        ('{"of_total": "out of {n"}', 'nothing fills a brace in "of_total".'),
        ('{"name": 1}', "templates/paper/words/en.json is no list of words with their names."),
        ("[]", "templates/paper/words/en.json is no list of words with their names."),
        ('{"name": "Pupil",}', "templates/paper/words/en.json, line 1: "),
    ],
)
def test_words_that_cannot_be_used_are_named(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(TemplateFault) as raised:
        printed(tmp_path, paper_words_en_json=words)
    assert said in str(raised.value)


def test_one_file_is_replaced(tmp_path: Path) -> None:
    """A file of its own stands in ours, too: the question inside our form, the words inside both."""
    html = printed(
        tmp_path,
        paper_question_html="<p>{{ q.number }}. {{ q.stem }}</p>\n",
        paper_words_en_json='{"name": "Pupil"}',
    )
    assert "<p>4. The ice sheet of Antarctica" in html[FORM]
    assert 'class="q"' not in html[FORM]
    assert "Pupil</span> <i></i>" in html[FORM]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% block %}", "templates/paper/form.html, line 1: "),
        ("{{ nothing }}", "'nothing' is undefined."),
        ("{{ heading.__class__.__mro__ }}", "access to attribute '__class__'"),
        ("{{ words._catalogue }}", "access to attribute '_catalogue'"),
        ("{% include '../questions/bank.yaml' %}", "../questions/bank.yaml"),
        ("{{ '../questions/a.png'|data_uri }}", "templates/../questions/a.png is missing."),
        ("{{ 'paper/none.png'|data_uri }}", "templates/paper/none.png is missing."),
        ("{{ 'paper/form.html'|data_uri }}", "is no picture that a browser can show."),
    ],
)
def test_a_template_that_cannot_be_used_is_named(tmp_path: Path, template: str, said: str) -> None:
    """Neither Python nor a file outside the folder is in a template's reach."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/a.png").write_bytes(grey_png(8, 8))
    (tmp_path / "questions/bank.yaml").write_text("bank: secret", encoding="utf-8")
    with pytest.raises(TemplateFault) as raised:
        printed(tmp_path, paper_form_html=template)
    assert said in str(raised.value)


def test_the_blocks_that_the_docs_name_are_there() -> None:
    """All of each template, and no other."""
    rows = re.findall(r"^\| `(\w+\.html)`[^|]*\| (.*?) \|$", DOCS, flags=re.MULTILINE)
    named = {file: re.findall(r"`(\w+)`", blocks) for file, blocks in rows}
    for file, blocks in named.items():
        source = Templates().source(f"paper/{file}")
        assert re.findall(r"{% block (\w+)", source) == blocks
    assert len(named) == 7
