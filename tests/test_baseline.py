"""Problems that were there before are left out wherever their question goes, new ones are told, and
what is mended leaves the baseline.
"""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.bank import Reading, read_bank
from quizgen.bank.content import Contents
from quizgen.checks.baseline import BASELINE, Entry, Known, read_baseline, write_baseline
from quizgen.checks.rule import rules
from quizgen.checks.silencing import asked
from quizgen.cli import main
from quizgen.commands.checking import all_problems
from quizgen.commands.known import leave_out, renew
from quizgen.commands.project import Stop
from quizgen.problem import Problem
from tests.conftest import few

BANK = "bank: b\ntitle: B\n"
CODES = asked(notes=True, documents=True)
BAD = {
    "ozone": """\
  stem: What does the ozone layer do?
  answer: It absorbs ultraviolet light from the sun
  distractors: [It cools the air, It makes clouds, It reflects heat]
""",
    "thanks": """\
  stem: Which is true?
  answer: All of the above
  distractors: [Ice floats, Ice melts]
  options: [Ice floats, Ice melts, All of the above]
""".replace("  distractors: [Ice floats, Ice melts]\n", ""),
    "never": """\
  stem: Which of these holds of noble gases at room temperature?
  answer: They hardly react
  distractors: [They never melt, They never glow]
  explain: Their shells are full.
""",
    "today": """\
  stem: Who is currently the tallest person alive?
  accept: Sultan
""",
}
BAD["desert"] = """\
  stem: Which desert in Africa is the largest hot desert of the world?
  accept: Sahara
"""
BAD["largest"] = BAD["desert"].replace("Which desert in", "What desert of")
"""Questions with warnings and notes, some with several of one rule, two alike."""


def write(root: Path, *names: str, file: str = "q.yaml", **changed: str) -> Reading:
    """Write these questions, in this order, and read the bank."""
    texts = BAD | changed
    (root / "questions").mkdir(exist_ok=True)
    (root / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    blocks = "".join(f"- id: {name}\n{texts[name]}" for name in names)
    (root / "questions" / file).write_text(f"questions:\n{blocks}", encoding="utf-8")
    return read_bank(root)


def told(root: Path, reading: Reading, codes: frozenset[str] = CODES) -> list[tuple[str, str]]:
    """What is told of the bank with its baseline, notes among it: question and rule."""
    problems = all_problems(reading, notes=True)
    found = leave_out(root, reading, problems, codes).problems
    return [(one.item or "", one.code) for one in found]


def adopt(root: Path, reading: Reading) -> str:
    return renew(root, reading, all_problems(reading, notes=True), CODES)


# --- What a baseline leaves out ------------------------------------------------------------------


@settings(max_examples=few(15))
@given(st.permutations(list(BAD)), st.permutations(list(BAD)), st.integers(0, 6))
def test_with_a_baseline_an_old_bank_is_clean_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], cut: int
) -> None:
    """Also with its questions in other places and another file; and it is the same file then."""
    root = tmp_path_factory.mktemp("bank")
    adopt(root, write(root, *before))
    text = (root / BASELINE).read_text(encoding="utf-8")
    assert told(root, write(root, *before)) == []
    write(root, *after[:cut])
    if not after[:cut]:
        (root / "questions" / "q.yaml").unlink()
    reading = write(root, *after[cut:], file="z.yaml") if after[cut:] else read_bank(root)
    assert told(root, reading) == []
    adopt(root, reading)
    assert (root / BASELINE).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "same",
    [
        "  stem: >-\n    What does the ozone\n    layer do?\n",
        "  stem: 'What does the ozone layer do?'\n  tags: [air]\n  points: 2\n",
    ],
)
def test_layout_and_bookkeeping_bring_nothing_back(same: str, tmp_path: Path) -> None:
    """Nor does the order of the distractors."""
    adopt(tmp_path, write(tmp_path, "ozone"))
    changed = BAD["ozone"].replace("  stem: What does the ozone layer do?\n", same)
    changed = changed.replace(
        "[It cools the air, It makes clouds, It reflects heat]",
        "\n  - {text: It reflects heat}\n  - It makes clouds\n  - It cools the air",
    )
    assert told(tmp_path, write(tmp_path, "ozone", ozone=changed)) == []


def test_what_is_new_is_told(tmp_path: Path) -> None:
    """In a new question, by another rule, of other words, and once more than before."""
    adopt(tmp_path, write(tmp_path, "ozone", "never"))
    assert {item for item, _ in told(tmp_path, write(tmp_path, "ozone", "never", "today"))} == {
        "today"
    }
    vague = BAD["never"].replace("hardly react", "usually glow")
    assert ("never", "vague_term") in told(tmp_path, write(tmp_path, "ozone", "never", never=vague))
    longer = BAD["ozone"].replace("from the sun", "that comes from the sun")
    found = told(tmp_path, write(tmp_path, "ozone", "never", ozone=longer))
    assert found == [("ozone", "longest_is_key"), ("", "stale_baseline")]
    more = BAD["never"].replace("They never glow", "They never glow, They never boil")
    found = told(tmp_path, write(tmp_path, "ozone", "never", never=more))
    assert found == [("never", "absolute_distractor")]


def test_what_is_mended_is_reported_so_that_the_file_shrinks(tmp_path: Path) -> None:
    """At its line; the next baseline is without it, and none is left where nothing is."""
    adopt(tmp_path, write(tmp_path, "ozone", "today"))
    mended = BAD["ozone"].replace("ultraviolet light from the sun", "some light")
    reading = write(tmp_path, "ozone", "today", ozone=mended)
    stale = leave_out(tmp_path, reading, all_problems(reading, notes=True), CODES).stale
    lines = (tmp_path / BASELINE).read_text(encoding="utf-8").split("\n")
    assert [(one.code, one.severity) for one in stale] == [("stale_baseline", "warning")]
    assert stale[0].where is not None
    assert lines[stale[0].where.line - 1].startswith("ozone longest_is_key ")
    adopt(tmp_path, reading)
    assert told(tmp_path, reading) == []
    assert "longest_is_key" not in (tmp_path / BASELINE).read_text(encoding="utf-8")
    good = "  statement: Ice floats.\n  answer: true\n  explain: It is lighter.\n"
    reading = write(tmp_path, "ozone", ozone=good)
    assert {code for _, code in told(tmp_path, reading)} == {"stale_baseline"}
    assert "nothing to leave out" in adopt(tmp_path, reading)
    assert not (tmp_path / BASELINE).exists()


def test_a_rule_found_less_often_is_reported(tmp_path: Path) -> None:
    twice = "  stem: Which gas glows?\n  answer: neon\n  distractors: [It never glows, {text: It never glows, id: b}]\n"
    reading = write(tmp_path, "never", never=twice)
    known = Known("never", "absolute_distractor", "0" * 12)
    (tmp_path / BASELINE).write_text(f"format 1\n{' '.join(known)} 3\n", encoding="utf-8")
    problems = tuple(
        Problem(code="absolute_distractor", message="So.", severity="note", item="never")
        for _ in range(2)
    )
    digest = Contents(reading.origin).digest(problems[0])
    (tmp_path / BASELINE).write_text(
        f"format 1\nnever absolute_distractor {digest} 3\n", encoding="utf-8"
    )
    found = leave_out(tmp_path, reading, problems, CODES)
    assert (found.number, [one.message for one in found.stale]) == (
        2,
        ['"absolute_distractor" is found 2 times in "never", no longer 3 times.'],
    )


def test_what_was_not_asked_stays_in_the_baseline(tmp_path: Path) -> None:
    """Without --notes, lines of notes are neither called of no use nor dropped."""
    reading = write(tmp_path, "never", "ozone")
    adopt(tmp_path, reading)
    before = (tmp_path / BASELINE).read_text(encoding="utf-8")
    assert "absolute_distractor" in before
    codes = asked(notes=False, documents=False)
    problems = all_problems(reading)
    assert leave_out(tmp_path, reading, problems, codes).problems == ()
    renew(tmp_path, reading, problems, codes)
    assert (tmp_path / BASELINE).read_text(encoding="utf-8") == before


def test_nothing_is_of_no_use_while_a_question_cannot_be_read(tmp_path: Path) -> None:
    """It may be the one that a line is about; and no baseline is written then."""
    adopt(tmp_path, write(tmp_path, "ozone", "today"))
    reading = write(tmp_path, "ozone", "today", ozone=BAD["ozone"].replace("answer", "anwser"))
    assert told(tmp_path, reading) == [("ozone", "unknown_field")]
    with pytest.raises(Stop):
        adopt(tmp_path, reading)


def test_no_error_is_left_out(tmp_path: Path) -> None:
    """Not even where somebody writes a line for it: nothing could be built of such a bank."""
    twice = BAD["ozone"].replace("It cools the air", "It makes clouds.")
    reading = write(tmp_path, "ozone", ozone=twice)
    said = adopt(tmp_path, reading)
    assert "1 other it cannot hold" in said
    text = (tmp_path / BASELINE).read_text(encoding="utf-8")
    assert "duplicate_options" not in text
    (one,) = (one for one in all_problems(reading) if one.severity == "error")
    digest = Contents(reading.origin).digest(one)
    line = f"ozone duplicate_options {digest}\n"
    (tmp_path / BASELINE).write_text(text + line, encoding="utf-8")
    assert told(tmp_path, reading) == [("ozone", "duplicate_options"), ("", "stale_baseline")]


def test_what_the_bank_makes_an_error_is_left_out_no_more(tmp_path: Path) -> None:
    """Since build would not build it either."""
    adopt(tmp_path, write(tmp_path, "ozone"))
    write(tmp_path, "ozone")
    severe = f"{BANK}check: {{severity: {{longest_is_key: error}}}}\n"
    (tmp_path / "questions" / "bank.yaml").write_text(severe, encoding="utf-8")
    found = leave_out(tmp_path, read := read_bank(tmp_path), all_problems(read, notes=True), CODES)
    assert [one.code for one in found.problems] == ["longest_is_key", "stale_baseline"]
    assert found.stale[0].message == '"longest_is_key" finds errors, which no baseline leaves out.'


# --- The file ------------------------------------------------------------------------------------

_KNOWN = st.builds(
    Known,
    st.from_regex(r"[a-zé0-9][a-z0-9é.-]{0,8}", fullmatch=True),
    st.sampled_from([code for code, rule in rules().items() if rule.severity != "error"]),
    st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
)


@given(st.dictionaries(_KNOWN, st.integers(1, 999), max_size=20))
def test_a_baseline_reads_back_as_it_was_written(counts: dict[Known, int]) -> None:
    """Sorted, so that a change of one question is a change of its lines."""
    text = write_baseline(Counter(counts))
    found = read_baseline(text)
    assert found.problems == ()
    assert {one.known: one.times for one in found.entries} == counts
    rows = text.splitlines()[3:]
    assert [row.split()[:3] for row in rows] == sorted(row.split()[:3] for row in rows)


def test_what_a_baseline_holds_is_published() -> None:
    """Files of it are kept, so neither their form nor the digest ever changes."""
    text = "# So.\nformat 1\n\nbaikal clang 0f3a5b7c9d11\nbaikal vague_term 0f3a5b7c9d11 2\n"
    assert read_baseline(text).entries == (
        Entry(Known("baikal", "clang", "0f3a5b7c9d11"), 1, 4),
        Entry(Known("baikal", "vague_term", "0f3a5b7c9d11"), 2, 5),
    )


def test_digests_are_published(tmp_path: Path) -> None:
    reading = write(tmp_path, "ozone")
    contents = Contents(reading.origin)

    def digest(field: str | None, item: str = "ozone") -> str:
        return contents.digest(Problem(code="clang", message="So.", item=item, field=field))

    assert digest("answer") == "f9880cc19d61"
    assert digest("distractors.1") != digest("distractors.2")
    assert digest("stem.nothing") == digest("stem")
    assert digest(None) == digest("explain") == digest("stem")
    assert digest("stem", "none") == "0" * 12


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("baikal clang 0f3a5b7c9d11\n", 1, "bad_baseline"),
        ("format 2\n", 1, "bad_baseline"),
        ("format 1\nbaikal clang\n", 2, "bad_baseline"),
        ("format 1\nozone clang 0F3A5B7C9D11\n", 2, "bad_baseline"),
        ("format 1\n<<<<<<< HEAD\n", 2, "bad_baseline"),
        ("format 1\nozone clang 0f3a5b7c9d11 1\nozone clang 0f3a5b7c9d11\n", 3, "stale_baseline"),
        ("format 1\nozone clangg 0f3a5b7c9d11\n", 2, "stale_baseline"),
        ("format 1\nozone no_key 0f3a5b7c9d11\n", 2, "stale_baseline"),
        ("format 1\nnobody clang 0f3a5b7c9d11\n", 2, "stale_baseline"),
        ("\xff", 1, "bad_baseline"),
    ],
)
def test_mistakes_in_the_file_have_their_place(
    text: str, line: int, code: str, tmp_path: Path
) -> None:
    """Errors where a line cannot be read, warnings where it is of no use."""
    reading = write(tmp_path, "ozone")
    (tmp_path / BASELINE).write_bytes(text.encode("latin-1"))
    problems = leave_out(tmp_path, reading, (), CODES).problems
    found = [one for one in problems if one.where and one.where.line == line]
    assert code in {one.code for one in found}
    severity = "error" if code == "bad_baseline" else "warning"
    assert {one.severity for one in found if one.code == code} == {severity}
    assert all(one.where and one.where.file == BASELINE and one.fix for one in problems)


# --- The command ---------------------------------------------------------------------------------


def test_the_command_writes_it_and_says_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A strict check passes from then on; --no-baseline tells all."""
    write(tmp_path, "ozone", "thanks", "today")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--strict"]) == 1
    assert main(["check", "--write-baseline"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("questions/check.baseline holds 4 problems of 3 questions.\n")
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().out == (
        "3 questions, no other problem.\n"
        "4 known problems left out; to see all: quizgen check --no-baseline\n"
    )
    assert main(["check", "--strict", "--no-baseline"]) == 1


def test_one_rule_is_written_anew_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "ozone", "thanks", "today")
    monkeypatch.chdir(tmp_path)
    for rule, count in (("longest_is_key", 1), ("stale_fact", 2), ("longest_is_key", 2)):
        assert main(["check", "--write-baseline", "--rule", rule]) == 0
        assert f"holds {count} problem" in capsys.readouterr().out
