"""Running the rules: one that raises stops no other; what has not changed is not looked at again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.checks import catalogue, wrong
from quizgen.checks.catalogue import check, findings
from quizgen.checks.kept import Kept
from quizgen.checks.view import View
from quizgen.checks.wrong import errors
from quizgen.cli import main
from quizgen.model import Bank, Card, Choice, Item, Option
from quizgen.problem import Problem
from tests.conftest import few
from tests.strategies import written_banks


def choice(name: str, *options: str) -> Choice:
    return Choice(
        id=name,
        stem="How deep is the lake?",
        options=tuple(Option(id=str(n), text=text) for n, text in enumerate(options)),
        keys=("0",),
    )


TWICE = choice("twice", "0.5", "1/2", "7")
TRUTH = choice("truth", "True", "False")
PLAIN = Card(id="plain", front="How deep is the dew pond?", back="Half a metre")


def bank(*items: Item) -> Bank:
    return Bank(name="b", title="B", items=items)


def found(problems: tuple[Problem, ...]) -> set[tuple[str, str | None]]:
    return {(one.code, one.item) for one in problems}


def stumbling(view: View) -> Iterator[Problem]:
    """A rule that divides by nothing, at one question."""
    if view.item.id == "truth":
        raise ZeroDivisionError("at nothing")
    yield from ()


def shaken(bank: Bank) -> Iterator[Problem]:
    """A rule of a bank that reports each card, and falls over a question."""
    for item in bank.items:
        if isinstance(item, Card):
            yield Problem(code="shaken", message="A card.", item=item.id)
        elif item.id == "truth":
            raise KeyError(item.id)


def never_two(bank: Bank) -> Iterator[Problem]:
    """A rule that raises where there are two questions, whichever they are."""
    yield from ()
    assert len(bank.items) < 2


# --- A rule that raises --------------------------------------------------------------------------


def test_a_rule_that_raises_is_reported_with_its_question_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "ITEM_RULES", (stumbling, *catalogue.ITEM_RULES))
    problems = check(bank(TWICE, TRUTH))
    (failed,) = (one for one in problems if one.code == "failed_rule")
    assert (failed.item, failed.severity) == ("truth", "warning")
    assert '"stumbling"' in failed.message
    assert "ZeroDivisionError: at nothing" in failed.message
    assert "report" in failed.fix
    rest = found(problems) - {("failed_rule", "truth")}
    assert rest == {("equal_numeric_options", "twice"), ("true_false_options", "truth")}


@pytest.mark.parametrize("group", ["ERROR_RULES", "BANK_ERROR_RULES", "BANK_RULES"])
def test_a_rule_of_a_bank_that_raises_is_held_against_the_other_questions(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = catalogue if group == "BANK_RULES" else wrong
    monkeypatch.setattr(module, group, (shaken, *getattr(module, group)))
    assert found(check(bank(TRUTH, TWICE, PLAIN))) == {
        ("failed_rule", "truth"),
        ("shaken", "plain"),
        ("equal_numeric_options", "twice"),
        ("true_false_options", "truth"),
    }


def test_a_rule_that_raises_at_questions_together_is_reported_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wrong, "BANK_ERROR_RULES", (never_two,))
    assert found(errors(bank(TWICE, PLAIN))) == {
        ("failed_rule", None),
        ("equal_numeric_options", "twice"),
    }


# --- What is kept --------------------------------------------------------------------------------


def in_order(problems: tuple[Problem, ...]) -> list[str]:
    return sorted(map(repr, problems))


@settings(max_examples=few(30))
@given(st.lists(written_banks(), min_size=1, max_size=3), st.booleans())
def test_what_is_kept_changes_no_report(states: list[tuple[Item, ...]], notes: bool) -> None:
    """Whatever was there before, and written down and taken up again in between."""
    kept = Kept()
    for items in states:
        expected = in_order(findings(bank(*items), notes=notes))
        assert in_order(findings(bank(*items), notes=notes, kept=kept)) == expected
        kept = Kept.from_bytes(kept.to_bytes())
        assert in_order(findings(bank(*items), notes=notes, kept=kept)) == expected
        assert not kept.is_new


def test_only_what_has_changed_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it says and the language of the bank, wherever it stands."""
    seen: list[str] = []

    def looking(view: View) -> Iterator[Problem]:
        seen.append(view.item.id)
        yield from ()

    monkeypatch.setattr(catalogue, "ITEM_RULES", (looking,))
    kept = Kept()

    def looked_at(now: Bank) -> list[str]:
        seen.clear()
        findings(now, kept=kept)
        return list(seen)

    first = bank(TWICE, TRUTH, PLAIN)
    assert looked_at(first) == ["twice", "truth", "plain"]
    assert looked_at(replace(first, title="Another")) == []
    assert looked_at(bank(PLAIN, TWICE, TRUTH)) == []
    assert looked_at(bank(PLAIN, TWICE, replace(TRUTH, stem="Is the lake deep?"))) == ["truth"]
    assert looked_at(bank(PLAIN, TWICE)) == []
    assert looked_at(bank(PLAIN, TWICE, TRUTH)) == ["truth"]
    assert looked_at(replace(first, language="de")) == ["twice", "truth", "plain"]


def test_what_is_new_stays_so_until_it_is_written_down() -> None:
    """Also where the same questions are asked for again in between."""
    kept = Kept()
    states = [kept.is_new]
    for _ in range(2):
        findings(bank(TWICE, TRUTH), kept=kept)
        states.append(kept.is_new)
    assert states == [False, True, True]
    assert not Kept.from_bytes(kept.to_bytes()).is_new


def test_what_is_damaged_or_was_found_by_other_rules_is_as_good_as_nothing() -> None:
    kept = Kept()
    findings(bank(TWICE, TRUTH, PLAIN), kept=kept)
    data = kept.to_bytes()
    assert Kept.from_bytes(data).to_bytes() == data
    nothing = Kept().to_bytes()
    for place in (0, 40, len(data) - 1):
        damaged = bytearray(data)
        damaged[place] ^= 1
        assert Kept.from_bytes(bytes(damaged)).to_bytes() == nothing
    assert all(Kept.from_bytes(data[:end]).to_bytes() == nothing for end in range(len(data)))


BANK = "bank: b\ntitle: B\n"
QUESTIONS = "questions:\n"
QUESTION = (
    "- id: {0}\n  stem: Is {0} larger than the others?\n  answer: {1}\n  distractors: [{2}]\n"
)


def test_check_looks_at_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From one call to the next; what it says stays the same, be the file of findings damaged."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/bank.yaml").write_text(BANK)
    (tmp_path / "questions/a.yaml").write_text(
        QUESTIONS + QUESTION.format("lake", "yes", "no") + QUESTION.format("pond", "0.5", "1/2")
    )

    def said() -> str:
        assert main(["check", "-C", str(tmp_path)]) == 1
        return capsys.readouterr().out

    first = said()
    assert "true_false_options" in first
    assert "equal_numeric_options" in first
    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "of_item", None)
        assert said() == first
    kept = tmp_path / "build/.cache/found.msgpack"
    kept.write_bytes(kept.read_bytes()[:-1])
    assert said() == first


def test_build_asks_for_what_is_wrong_by_construction_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is a matter of judgement is what `check` is for."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/bank.yaml").write_text(BANK)
    (tmp_path / "questions/a.yaml").write_text(QUESTIONS + QUESTION.format("lake", "yes", "no"))
    assert main(["build", "-C", str(tmp_path), "--only", "anki"]) == 0
    assert "true_false_options" not in capsys.readouterr().err
    with (tmp_path / "questions/a.yaml").open("a") as file:
        file.write(QUESTION.format("pond", "0.5", "1/2"))
    assert main(["build", "-C", str(tmp_path), "--only", "anki"]) == 1
    assert "equal_numeric_options" in capsys.readouterr().err


def test_build_heeds_what_the_bank_makes_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That alone: other warnings stay with `check`."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/bank.yaml").write_text(
        BANK + "check: {severity: {true_false_options: error}}\n"
    )
    (tmp_path / "questions/a.yaml").write_text(
        QUESTIONS
        + QUESTION.format("lake", "yes", "no")
        + QUESTION.format("pond", "9, 3, 5", "all of these, none of the above")
    )
    assert main(["build", "-C", str(tmp_path), "--only", "anki"]) == 1
    said = capsys.readouterr().err
    assert "error: " in said
    assert "[true_false_options]" in said
    assert "warning" not in said


def test_a_copy_of_two_that_are_alike_is_told_once() -> None:
    """As the copy, not as nearly the other as well."""
    asked = "How deep is the old dew pond?"
    items = [
        Card(id=name, front=front, back="Half a metre")
        for name, front in (("a", asked), ("b", asked.replace("old ", "")), ("c", asked))
    ]
    problems = check(bank(*items))
    assert found(problems) >= {("near_duplicate_items", "b"), ("same_stem_same_key", "c")}
    assert ("near_duplicate_items", "c") not in found(problems)
