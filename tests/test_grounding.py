"""`quizgen check` with documents at hand: which are, what became of each citation, digests anew."""

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.bank import read_bank
from quizgen.checks.grounding.standing import held_against, paragraph_digest
from quizgen.cli import main
from quizgen.commands.documents import read_document
from quizgen.commands.grounding import document_files
from tests.conftest import few
from tests.strategies import WORDS, written_numbers

DOCUMENT = (
    "Lakes of the north",
    "Baikal is 1,642 m deep.",
    "Onega has 50 rivers, and 1,500 islands.",
    "Ladoga was mapped on 4 July 1876 by Quail.",
    "Saimaa has 14,000 islands.",
)
BANK = """\
bank: lakes
title: Lakes
sources:
  reader: {title: A reader, file: texts/reader.txt}   # the one for all
  atlas: {title: An atlas}
"""
QUESTIONS = f"""\
# Kept as it is.
source: reader

questions:
- id: baikal   # deep
  stem: How deep is Baikal?
  number: 1,642
  unit: m
  explain: So it was sounded.
  source: {{paragraph: 2, terms: [1.642 thousand],   digest: "{paragraph_digest(DOCUMENT[1])}"}}

- id: rivers
  stem: How many rivers flow into Onega, and how many islands does it have?
  answer: 50 and 1,500
  distractors: ["60 and 1,500", "70 and 1,500"]
  explain: So they were counted.
  source:
    paragraph:      # the two of them
    - 3
    - 5
    terms: ["50", "1500"]
    digest: {paragraph_digest(DOCUMENT[2] + " " + DOCUMENT[4])}

- id: ladoga
  stem: When was Ladoga mapped?
  accept: 4 July 1876
  kind: date
  explain: So it was noted.
  source: {{paragraph: 4, terms: [1876-07-04]}}

- id: highest
  stem: What is the highest lake of the atlas?
  accept: Titicaca
  explain: So it is drawn.
  source: {{document: atlas, paragraph: 1, terms: [Titicaca]}}
"""


@pytest.fixture
def lakes(tmp_path: Path) -> Path:
    return written(tmp_path, DOCUMENT)


def written(folder: Path, document: tuple[str, ...], questions: str = QUESTIONS) -> Path:
    for part in ("questions", "texts"):
        (folder / part).mkdir(exist_ok=True)
    (folder / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (folder / "questions" / "q.yaml").write_text(questions, encoding="utf-8")
    (folder / "texts" / "reader.txt").write_text("\n\n".join(document), encoding="utf-8")
    return folder


def states(folder: Path) -> dict[str, str]:
    bank = read_bank(folder).bank
    assert bank is not None
    document = read_document(folder / "texts" / "reader.txt")
    return {one.item: one.state for one in held_against(bank, {"reader": document})}


def test_a_document_is_where_the_bank_says_and_its_states_end_the_check(
    lakes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "-C", str(lakes)]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("Held against reader: 3 ok.\n")
    assert said.err == ""
    reader = f"reader={lakes / 'texts' / 'reader.txt'}"
    assert main(["check", "-C", str(lakes), "--source", reader]) == 0
    assert capsys.readouterr().err == (
        "Not held against the text: 1 citation of atlas; the digests are trusted. "
        "To do so: --source atlas=PATH, or file: in bank.yaml.\n"
    )
    (lakes / "atlas.md").write_text("# Titicaca\n", encoding="utf-8")
    assert main(["check", "-C", str(lakes), "--source", f"atlas={lakes / 'atlas.md'}"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-2:] == ["Held against reader: 3 ok.", "Held against atlas: 1 ok."]
    assert said.err == ""


CHANGED = (
    "A new first line",
    "Lakes of the north",
    "Baikal, they say, is 1,642 m deep.",
    "Onega has 50 rivers, and 1,500 islands.",
    "Ladoga was mapped on 5 July 1876 by Quayle.",
    "Saimaa has 14,000 islands.",
)


def test_states_are_told_for_a_person_and_a_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lakes = written(tmp_path, CHANGED)
    assert main(["check", "-C", str(lakes), "--grounding"]) == 1
    assert capsys.readouterr().out == (
        "Held against reader: 1 moved, 2 broken.\n"
        "  moved: rivers ([3, 5] to [4, 6])\n"
        "  broken: baikal (1.642 thousand, which stands in 3), ladoga (1876-07-04)\n"
    )
    assert main(["check", "-C", str(lakes), "--grounding", "--format", "json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["documents"]
    assert (told["name"], told["paragraphs"]) == ("reader", 6)
    assert told["counts"] == {"ok": 0, "changed": 0, "moved": 1, "broken": 2}
    assert told["items"][1] == {
        "item": "rivers",
        "state": "moved",
        "cited": [3, 5],
        "paragraphs": [4, 6],
        "digest": paragraph_digest(DOCUMENT[2] + " " + DOCUMENT[4]),
        "gone": [],
        "missing": [],
    }


def test_what_moved_and_changed_is_written_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """First as a diff; what is broken is left and named; twice is once."""
    new = ("Put in before", *DOCUMENT[:1], "Baikal is 1,642 m deep, or so.", *DOCUMENT[2:])
    questions = QUESTIONS.replace("paragraph: 2", "paragraph: 3").replace("[Titicaca]", "[T]")
    questions = questions.replace("paragraph: 4, terms: [1876-07-04]", "paragraph: 5, terms: [x]")
    lakes = written(tmp_path, new, questions)
    assert states(lakes) == {"baikal": "changed", "rivers": "moved", "ladoga": "broken"}
    file = lakes / "questions" / "q.yaml"
    assert main(["check", "-C", str(lakes), "--update-digests", "--diff"]) == 1
    said = capsys.readouterr()
    assert file.read_text(encoding="utf-8") == questions
    assert "+    - 4" in said.out
    assert "Left as it is, being broken: ladoga (x)." in said.err
    assert main(["check", "-C", str(lakes), "--update-digests"]) == 1
    said = capsys.readouterr()
    assert said.out == (
        "questions/q.yaml:10:61: baikal: Paragraph 3 has changed; the terms still stand.\n"
        "questions/q.yaml:19:5: rivers: What was paragraph [3, 5] is now [4, 6].\n"
    )
    expected = questions.replace(paragraph_digest(DOCUMENT[1]), paragraph_digest(new[2]))
    expected = expected.replace("    - 3\n    - 5\n", "    - 4\n    - 6\n")
    assert file.read_text(encoding="utf-8") == expected
    assert states(lakes) == {"baikal": "ok", "rivers": "ok", "ladoga": "broken"}
    assert main(["check", "-C", str(lakes), "--update-digests"]) == 1
    assert file.read_text(encoding="utf-8") == expected


def test_a_citation_without_a_digest_gets_one(lakes: Path) -> None:
    file = lakes / "questions" / "q.yaml"
    before = file.read_text(encoding="utf-8")
    assert main(["check", "-C", str(lakes), "--update-digests"]) == 0
    digest = paragraph_digest(DOCUMENT[3])
    assert file.read_text(encoding="utf-8") == before.replace(
        "[1876-07-04]}", f"[1876-07-04], digest: {digest}}}"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--source", "reader"], '"reader" names no document. Write --source NAME=PATH'),
        (["--source", "reader="], '"reader=" names no document. Write --source NAME=PATH'),
        (["--source", "book=x.txt"], 'The bank names no source "book"; it has: reader, atlas.'),
        (["--source", "reader=gone.txt"], "Cannot read gone.txt: no such file or directory. Give"),
    ],
)
def test_a_document_that_is_none_is_said_with_what_to_write(
    lakes: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert main(["check", "-C", str(lakes), *words]) == 2
    assert sentence in capsys.readouterr().err


def test_who_watches_watches_the_documents_of_the_bank(lakes: Path) -> None:
    assert document_files(lakes, read_bank(lakes)) == [lakes / "texts" / "reader.txt"]


def test_without_a_document_nothing_is_updated(
    lakes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lakes / "questions" / "bank.yaml").write_text(
        BANK.replace(", file: texts/reader.txt", ""), encoding="utf-8"
    )
    for option in ("--update-digests", "--grounding"):
        assert main(["check", "-C", str(lakes), option]) == 2
        assert "No document is at hand. Write --source NAME=PATH" in capsys.readouterr().err


@pytest.mark.parametrize("data", [None, b"\xff", b" \n"])
def test_a_document_that_the_bank_names_in_vain_is_warned_of_where_it_is_named(
    lakes: Path, capsys: pytest.CaptureFixture[str], data: bytes | None
) -> None:
    (lakes / "texts" / "reader.txt").unlink()
    if data is not None:
        (lakes / "texts" / "reader.txt").write_bytes(data)
    assert main(["check", "-C", str(lakes), "--format", "json"]) == 0
    said = capsys.readouterr()
    (problem,) = json.loads(said.out)
    assert (problem["code"], problem["file"], problem["line"]) == (
        "unread_document",
        "questions/bank.yaml",
        4,
    )
    assert problem["fix"] == "Write where the text of reader is, from the project's folder."
    start = len("  reader: {title: A reader, file: ") + 1
    assert (problem["column"], problem["end_column"]) == (start, start + len("texts/reader.txt"))
    assert said.err == "2 digests trusted, without the text.\n"


# --- Whatever the bank and the change ------------------------------------------------------------

LINES = st.lists(
    st.tuples(st.integers(100, 10**7), st.sampled_from(WORDS)), min_size=1, max_size=5, unique=True
)


def text_of(number: int, word: str) -> str:
    return f"Of {word} there are {number:,} kinds, I hear."


def bank_of(lines: list[tuple[int, str]], spelling: int) -> str:
    """A question for each line, its number spelt in one of its ways."""
    questions = ["source: reader\n\nquestions:\n"]
    for place, (number, word) in enumerate(lines, start=1):
        ways = written_numbers(Fraction(number))
        digest = paragraph_digest(text_of(number, word))
        questions.append(
            f"- id: q-{place}   # the {place}th\n  stem: How many?\n  number: {number}\n"
            f'  source: {{paragraph: {place}, terms: ["{ways[spelling % len(ways)]}"], digest: {digest}}}\n'
        )
    return "\n".join(questions)


def became(text: str, how: str) -> str:
    """The text as it is, with another word beside its figure, or with another figure."""
    if how == "words":
        return text.replace("hear", "am told")
    if how == "figure":
        return re.sub(r"(\d)\b", lambda digit: str((int(digit[1]) + 1) % 10), text)
    return text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("grounding")


@settings(max_examples=few(15))
@given(data=st.data(), lines=LINES, spelling=st.integers(0, 5))
def test_every_change_of_a_document_has_its_state_and_updating_makes_all_but_the_broken_ok(
    folder: Path, data: st.DataObject, lines: list[tuple[int, str]], spelling: int
) -> None:
    """Equal values stay ok; words around them make it changed; another figure broken; a line
    before moved. Only digests and numbers of paragraphs are written, and once.
    """
    before = bank_of(lines, spelling)
    plain = [text_of(*line) for line in lines]
    assert set(states(written(folder, tuple(plain), before)).values()) == {"ok"}
    what = data.draw(
        st.lists(
            st.sampled_from(["as it is", "words", "figure"]),
            min_size=len(lines),
            max_size=len(lines),
        )
    )
    moves = data.draw(st.booleans())
    document = [became(text, how) for how, text in zip(what, plain, strict=True)]
    written(folder, ("Put in.", *document) if moves else tuple(document), before)
    found = list(states(folder).values())
    if not moves:
        names = {"as it is": "ok", "words": "changed", "figure": "broken"}
        assert found == [names[how] for how in what]
    else:
        assert all(
            (one == "moved") == (how == "as it is") for one, how in zip(found, what, strict=True)
        )
    broken = [one == "broken" for one in found]
    file = folder / "questions" / "q.yaml"
    main(["check", "-C", str(folder), "--update-digests"])
    after = file.read_text(encoding="utf-8")
    assert [one == "broken" for one in states(folder).values()] == broken
    assert set(states(folder).values()) <= {"ok", "broken"}
    scalars = r"digest: \w+|paragraph: \d+"
    assert re.sub(scalars, "", after) == re.sub(scalars, "", before)
    main(["check", "-C", str(folder), "--update-digests"])
    assert file.read_text(encoding="utf-8") == after


# --- What is built -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("build", "--only", "anki"), ("freeze", "all")])
def test_nothing_is_built_of_a_fact_that_its_document_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """As check says it: the document is at hand by `file:`, so both know."""
    lakes = written(tmp_path, (DOCUMENT[0], "Baikal is 1,741 m deep.", *DOCUMENT[2:]))
    quizzed = f"{BANK}quizzes:\n  all: {{blueprint: [{{count: 2}}]}}\n"
    (lakes / "questions" / "bank.yaml").write_text(quizzed, encoding="utf-8")
    assert main([*command, "-C", str(lakes)]) == 1
    assert '"1.642 thousand" does not stand in paragraph 2. [broken_source]' in (
        capsys.readouterr().err
    )
    assert not (lakes / "build").exists() or not list((lakes / "build").glob("*.apkg"))
    reason = 'ignore: {broken_source: "The reader errs."}'
    mended = QUESTIONS.replace("  unit: m\n", f"  unit: m\n  {reason}\n")
    (lakes / "questions" / "q.yaml").write_text(mended, encoding="utf-8")
    assert main([*command, "-C", str(lakes)]) == 0


def test_a_document_that_cannot_be_read_keeps_nothing_from_being_built(
    lakes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lakes / "texts" / "reader.txt").unlink()
    assert main(["build", "--only", "anki", "-C", str(lakes)]) == 0
    assert "[unread_document]" in capsys.readouterr().err


def test_a_build_without_documents_loads_nothing_that_reads_them(lakes: Path) -> None:
    bank = lakes / "questions" / "bank.yaml"
    bank.write_text(BANK.replace(", file: texts/reader.txt", ""), encoding="utf-8")
    source = (
        "import sys\nfrom pathlib import Path\nfrom quizgen.bank import read_bank\n"
        "from quizgen.commands.errors import all_errors\nroot = Path(sys.argv[1])\n"
        "assert all_errors(root, read_bank(root)) == ()\n"
        "print([name for name in sys.modules if '.standing' in name or 'documents' in name])"
    )
    run = subprocess.run(
        [sys.executable, "-c", source, str(lakes)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
