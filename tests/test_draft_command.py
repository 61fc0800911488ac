"""`quizgen draft` as its users meet it, and programs that draft in its place."""

import json
import re
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizgen.cli import main
from quizgen.commands.declaring import declared, with_file
from quizgen.drafting.drafters import bring
from quizgen.drafting.facts import find
from quizgen.drafting.program import ProgramError, ask, words_of
from quizgen.drafting.protocol import Fact, Paragraph, Text
from quizgen.model import Document

ROOT = Path(__file__).parent.parent
NEWS = ROOT / "tests/data/drafted/news.txt"
DOCS = (ROOT / "docs/drafting.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
TEXT = Text(
    document="t",
    paragraphs=(Paragraph(number=1, text="Siberia is cold. In 1954 it was colder."),),
)


@pytest.fixture
def news(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one question, and the working folder."""
    (project / "questions/bank.yaml").write_text("bank: b\ntitle: B\n", encoding="utf-8")
    question = "questions:\n- {id: news-p3-number, front: a, back: b}\n"
    (project / "questions/q.yaml").write_text(question, encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "questions").rglob("*"))
        if path.is_file()
    }


# --- The command ---------------------------------------------------------------------------------


def test_drafts_are_written_with_their_source_and_check_finds_no_fault(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their ids are none of the bank's, and a second run changes nothing."""
    assert main(["draft", str(NEWS), "-o", "questions/drafts/news.yaml"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Wrote questions/drafts/news.yaml\n48 drafts: 7 years, 3 dates, ")
    assert 'questions/bank.yaml now names the source "news"' in out
    written = files(news)
    assert written["questions/bank.yaml"].endswith(b"sources:\n  news: {title: News}\n")
    assert b"id: news-p3-number\n" not in written["questions/drafts/news.yaml"]
    assert written["questions/drafts/news.yaml"].count(b"\n  draft: true\n") == 48
    assert main(["check", "--source", f"news={NEWS}"]) == 0
    assert "1 question (48 drafts left out), no problem." in capsys.readouterr().out
    assert main(["draft", str(NEWS), "-o", "questions/drafts/news.yaml"]) == 1
    assert "is there already; nothing was changed" in capsys.readouterr().err
    assert files(news) == written


def test_three_drafts_become_questions(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By writing their stems and deleting the line; then they are held against the text."""
    main(["draft", str(NEWS), "-o", "questions/news.yaml", "--kind", "money", "--limit", "3"])
    path = news / "questions/news.yaml"
    stems = iter(
        ("What did two ships cost?", "How much was the third ship?", "What was a seat by air?")
    )
    lines = [
        f"  stem: {next(stems)}" if line == "  stem:" else line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line != "  draft: true"
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--source", f"news={NEWS}"]) == 0
    assert "4 questions, no problem.\n" in capsys.readouterr().out


def test_drafts_are_printed_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where no project is; what is said of them goes beside."""
    monkeypatch.chdir(tmp_path)
    assert main(["draft", str(NEWS), "--source", "paper", "--limit", "2", "--kind", "year"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Drafts from news.txt.")
    assert "\nsource: paper\n\nquestions:\n- id: paper-p" in out
    assert err == "2 drafts: 2 years.\n"


def test_what_cannot_be_done_is_said_in_a_sentence(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (news / "empty.txt").write_text("Nothing is here to be asked for.\n", encoding="utf-8")
    before = files(news)
    for words, said in (
        (["none.txt"], "Cannot read none.txt"),
        (["empty.txt", "-o", "questions/e.yaml"], "Nothing to ask for was found in empty.txt"),
        ([str(NEWS), "-o", "questions/e.txt"], "Give it a name that ends in .yaml."),
        ([str(NEWS), "--source", "a b"], '"a b" is no name of a source.'),
        ([str(NEWS), "--via", "no-such-program-here"], "no-such-program-here cannot be started"),
    ):
        assert main(["draft", *words]) in (1, 2)
        assert said in capsys.readouterr().err
    assert files(news) == before
    with pytest.raises(SystemExit):
        main(["draft", str(NEWS), "--kind", "year,colour"])
    assert 'there is no kind "colour"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bank: b\ntitle: B", "bank: b\ntitle: B\nsources:\n  news: {title: News}\n"),
        ("bank: b\nsources: # mine\n    a: {title: A}\n# end\ntitle: B\n",
         "bank: b\nsources: # mine\n    news: {title: News}\n    a: {title: A}\n# end\ntitle: B\n"),
        ("bank: b\r\ntitle: B\r\n", "bank: b\r\ntitle: B\r\nsources:\r\n  news: {title: News}\r\n"),
        ("\ufeffsources:\r\n\r\n    a: {title: A}\r\nbank: b\ntitle: B\n",
         "\ufeffsources:\r\n    news: {title: News}\r\n\r\n    a: {title: A}\r\nbank: b\ntitle: B\n"),
        ("bank: b\rsources:\r  a: {title: A}\rtitle: B",
         "bank: b\rsources:\r  news: {title: News}\r  a: {title: A}\rtitle: B"),
        ("bank: b\ntitle: B\nsources: {a: {title: A}}\n", None),
        ("bank: b\ntitle: B\nsources:\n", None),
        ("bank: [\n", None),
    ],
)  # fmt: skip
def test_a_source_is_declared_where_that_is_certain(before: str, after: str | None) -> None:
    """Nothing else changes, mark and ends of lines neither; else the author is told what to write."""
    wanted = None if after is None else after.encode()
    assert declared(before.encode(), Document(name="news", title="News")) == wanted
    latin = before.encode() + "# é".encode("latin-1")
    assert declared(latin, Document(name="news", title="News")) is None


def test_a_bank_keeps_its_mark_and_its_ends_of_lines(news: Path) -> None:
    """As an editor on Windows saved it."""
    path = news / "questions/bank.yaml"
    before = b"\xef\xbb\xbfbank: b\r\ntitle: B\r\n"
    path.write_bytes(before)
    assert main(["draft", str(NEWS), "-o", "questions/news.yaml", "--limit", "1"]) == 0
    assert path.read_bytes() == before + b"sources:\r\n  news: {title: News}\r\n"


def test_drafts_are_not_written_where_nobody_reads_them(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside questions/, in a hidden folder, or over a link, though what it leads to is gone."""
    link = news / "questions/link.yaml"
    link.symlink_to("gone.yaml")
    before = files(news)
    for path, said in (
        ("out.yaml", "out.yaml is not below questions/, where questions are read. Give -o questions/out.yaml"),
        ("questions/.old/a.yaml", "questions/.old/a.yaml is hidden, so that its questions are not read"),
        ("questions/link.yaml", "questions/link.yaml is there already; nothing was changed"),
    ):  # fmt: skip
        assert main(["draft", str(NEWS), "-o", path]) in (1, 2)
        assert said in capsys.readouterr().err
    assert files(news) == before
    assert link.is_symlink()
    assert not list(news.glob("*.yaml"))


def test_a_text_in_the_project_is_named_so_that_a_plain_check_reads_it(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the source is declared already, without its file."""
    (news / "texts").mkdir()
    (news / "texts/news.txt").write_bytes(NEWS.read_bytes())
    assert main(["draft", "texts/news.txt", "-o", "questions/drafts/news.yaml"]) == 0
    assert files(news)["questions/bank.yaml"].endswith(
        b"sources:\n  news: {title: News, file: texts/news.txt}\n"
    )
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "Held against news" in capsys.readouterr().out
    bank = "bank: b\ntitle: B\nsources:\n  news: {title: Mine} # ours\n"
    (news / "questions/bank.yaml").write_text(bank, encoding="utf-8")
    assert main(["draft", "texts/news.txt", "-o", "questions/drafts/more.yaml"]) == 0
    assert 'now says that the text of "news" is texts/news.txt.' in capsys.readouterr().out
    assert files(news)["questions/bank.yaml"].decode() == bank.replace(
        "Mine}", "Mine, file: texts/news.txt}"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bank: b\ntitle: B\nsources:\n  news:\n    # mine\n    title: N\n",
         "bank: b\ntitle: B\nsources:\n  news:\n    file: n.txt\n    # mine\n    title: N\n"),
        ("bank: b\r\ntitle: B\r\nsources:\r\n  a: {title: A}\r\n  news:\r\n    title: N\r\n",
         "bank: b\r\ntitle: B\r\nsources:\r\n  a: {title: A}\r\n  news:\r\n    file: n.txt\r\n    title: N\r\n"),
        ("bank: b\ntitle: B\ntopics:\n  news: {goals: {a: A}}\nsources:\n  news: {title: N}\n",
         "bank: b\ntitle: B\ntopics:\n  news: {goals: {a: A}}\nsources:\n  news: {title: N, file: n.txt}\n"),
        ("bank: b\ntitle: B\nsources: {news: {title: N}}\n", None),
    ],
)  # fmt: skip
def test_the_file_of_a_source_is_written_where_that_is_certain(
    before: str, after: str | None
) -> None:
    document = Document(name="news", title="N", file="n.txt")
    found = with_file(before.encode(), document)
    assert (None if found is None else found.decode()) == after


def test_where_the_source_cannot_be_declared_the_author_is_told(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = "bank: b\ntitle: B\nsources: {a: {title: A}}\n"
    (news / "questions/bank.yaml").write_text(bank, encoding="utf-8")
    assert main(["draft", str(NEWS), "-o", "questions/news.yaml"]) == 1
    assert "Write there, under sources:\n  news: {title: News}" in capsys.readouterr().out
    assert (news / "questions/bank.yaml").read_text(encoding="utf-8") == bank


# --- Other programs ------------------------------------------------------------------------------


def via(program: str, *, seconds: float = 20) -> Any:
    """What comes of a program in Python."""
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}"
    return ask(command, TEXT, (), limit=0, seconds=seconds)


def test_a_program_is_told_the_text_and_handed_back_drafts() -> None:
    """Numbers stay as they were written, and null is as good as nothing."""
    answered = via(
        "import json, sys; r = json.load(sys.stdin); assert r['format'] == 1; "
        "print(json.dumps({'drafts': [{'paragraph': 1, 'terms': [r['text']['paragraphs'][0]['text'][:7]],"
        " 'derived': None, 'question': {'stem': None, 'number': 1.50, 'reverse': True}}],"
        " 'facts': [{'kind': 'year', 'paragraph': 1, 'text': '1954'}, {'kind': 'x'}, 3]}))"
    )
    (draft,) = answered.drafts
    assert draft.terms == ("Siberia",)
    assert draft.question == {"stem": "", "number": "1.5", "reverse": "true"}
    assert answered.facts == (Fact(kind="year", paragraph=1, text="1954"),)
    assert [trouble.split(" has")[0] for trouble in answered.troubles] == ["Fact 2", "Fact 3"]


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit('no model\\nat all')", "ended with exit code 1: at all"),
        ("print('Sure! Here they are')", "wrote no JSON: Expecting value"),
        ("pass", "It wrote nothing."),
        ("print('[1, 2]')", 'an object with "drafts" or "facts" is wanted'),
        ("print('{\"drafts\": 3}')", '"drafts" is no list'),
        ("print('{\"drafts\": [NaN]}')", "NaN is no number"),
        ("print('[' * 200000)", "wrote no JSON"),
        ("print('{\"drafts\": [' + '1,' * 20000 + '1]}')", 'wrote more than 10,000 "drafts"'),
        ("import sys; sys.stdout.buffer.write(b'{\\xff}')", "wrote no JSON"),
        ("while True: print('x' * 1_000_000)", "wrote more than 10 MB and was ended"),
    ],
)  # fmt: skip
def test_every_way_in_which_a_program_fails_is_a_sentence(program: str, said: str) -> None:
    with pytest.raises(ProgramError) as caught:
        via(program)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started() -> None:
    """A child of its own holds the pipe open."""
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    start = time.monotonic()
    with pytest.raises(ProgramError, match=r"took longer than 0\.5 seconds and was ended"):
        via(program, seconds=0.5)
    assert time.monotonic() - start < 10


def test_commands_that_are_none() -> None:
    for command, said in (("'", "cannot be read"), ("  ", "is empty"), ("/", "be started")):
        with pytest.raises(ProgramError, match=re.escape(said)):
            ask(command, TEXT, (), limit=0, seconds=1)


@pytest.mark.parametrize(
    ("command", "on_windows", "elsewhere"),
    [
        (r'"C:\Program Files\py.exe" ask.py --x="a b"',
         [r"C:\Program Files\py.exe", "ask.py", "--x=a b"],
         [r"C:\Program Files\py.exe", "ask.py", "--x=a b"]),
        (r"""C:\py.exe 'a b' "" """, [r"C:\py.exe", "'a", "b'", ""], ["C:py.exe", "a b", ""]),
        ("  ", [], []),
    ],
)  # fmt: skip
def test_a_command_has_words_as_its_system_has_them(
    command: str, on_windows: list[str], elsewhere: list[str]
) -> None:
    """On Windows a backslash stands in paths, and double quotes alone hold a word together."""
    assert words_of(command, is_windows=True) == on_windows
    assert words_of(command, is_windows=False) == elsewhere
    for is_windows in (True, False):
        with pytest.raises(ProgramError, match="cannot be read: "):
            words_of('py "a', is_windows=is_windows)


def test_a_program_silences_no_errors_of_its_drafts(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither by ignoring the rule nor by retiring the question; what is sound comes in without."""
    silent = {
        "ignore": {"duplicate_options": "It is right so.", "tolerance_swallows": "So is it."},
        "retired": "Nobody is to see it.",
        "corrected": {"date": "2026-01-01", "text": "It was wrong."},
    }
    wrong = {"stem": "", "answer": "212", "distractors": ["3", "3"]}
    sound = {"stem": "", "answer": "212", "distractors": ["3", "4"]}
    drafts = [
        {"paragraph": 3, "terms": ["212"], "question": {**one, **silent}} for one in (wrong, sound)
    ]
    (news / "p.py").write_text(f"print({json.dumps({'drafts': drafts})!r})", encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} p.py"
    assert main(["draft", str(NEWS), "--via", command, "-o", "questions/n.yaml"]) == 0
    out, err = capsys.readouterr()
    assert "[duplicate_options]" in err
    assert "\n1 draft: " in out
    written = files(news)["questions/n.yaml"].decode()
    assert not [key for key in silent if f"{key}:" in written]


def test_the_program_of_the_docs_drafts(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands there; what it asks for in vain would be told."""
    (news / "names.py").write_text(PROGRAMS[0], encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} names.py"
    assert main(["draft", str(NEWS), "--via", command, "-o", "questions/n.yaml"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "drafts: " in out
    assert "  accept: Dag Hollis\n  kind: name\n" in files(news)["questions/n.yaml"].decode()


def test_what_a_program_copies_is_left_out_with_the_reason(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stem = "The first ferry in more than a decade left which port?"
    answer = {
        "drafts": [{"paragraph": 3, "terms": ["212"], "question": {"stem": stem, "number": "212"}}]
    }
    (news / "p.py").write_text(f"print({json.dumps(answer)!r})", encoding="utf-8")
    assert main(["draft", str(NEWS), "--via", f"{shlex.quote(sys.executable)} p.py"]) == 1
    err = capsys.readouterr().err
    assert 'Left out, paragraph 3, "212": "The first ferry in more than a decade" stands so' in err


def test_the_drafter_of_the_docs_drafts() -> None:
    scope: dict[str, Any] = {}
    exec(PROGRAMS[1], scope)  # noqa: S102  # the example of the docs
    text = Text(document="t", paragraphs=(Paragraph(number=1, text="BRCA1 and TP53."),))
    brought = bring({"genes": lambda: scope["find"]}, text)
    assert [fact.text for fact in brought.facts] == ["BRCA1"]
    assert brought.troubles == ()


def test_whoever_interrupts_a_drafter_is_told_which_one_was_at_work(
    news: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that never ends, ended by Ctrl-C; nothing is written."""

    def endless(_: Text) -> Iterator[Fact]:
        yield Fact(kind="year", paragraph=2, text="1954")
        raise KeyboardInterrupt

    drafters = {"facts": lambda: find, "genes": lambda: endless}
    monkeypatch.setattr("quizgen.commands.draft.installed", lambda: drafters)
    assert main(["draft", str(NEWS), "-o", "questions/n.yaml"]) == 130
    err = capsys.readouterr().err
    assert err.strip() == 'quizgen: The drafter "genes" was interrupted. Nothing was drafted.'
    assert "questions/n.yaml" not in files(news)


def test_quizgen_names_its_own_drafter_as_others_do() -> None:
    from importlib.metadata import entry_points

    points = entry_points(group="quizgen.drafters")
    if not points:
        pytest.skip("quizgen was installed before it had drafters")
    assert points["facts"].load() is find
