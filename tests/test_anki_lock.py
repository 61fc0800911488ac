"""The lock file when it goes back, is damaged or remembers: what `build` says, and what Anki does."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.model import Card, Cloze, Gap, Item
from quizgen.outputs.anki import LAST, ahead, read_lock, write_lock
from quizgen.outputs.anki.lock import Entry
from tests import anki_samples as sample
from tests.anki_collections import DAY, FIRST, edition, having, import_deck, texts_of
from tests.test_cli import quizgen

LOCK = "questions/anki.lock"
BANK = replace(sample.BANK, items=tuple(one for one in sample.BANK.items if one.id != "rift"))


class Project:
    """An author's project of two cards, built by the real command."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock, self.last = root / LOCK, root / LAST
        (root / "questions" / "bank.yaml").write_text("bank: lakes\ntitle: Lakes\n", "utf-8")

    def write(self, *fronts: str) -> None:
        """A card with each of these fronts; their ids are a, b, ..."""
        cards = (
            f'- {{id: {name}, front: "{front}", back: "!"}}\n'
            for name, front in zip("abc", fronts, strict=False)
        )
        text = f"questions:\n{''.join(cards)}"
        (self.root / "questions" / "lakes.yaml").write_text(text, "utf-8")

    def build(self) -> list[dict[str, Any]]:
        """The problems of a build of the deck."""
        run = quizgen("build", "--only", "anki", "--json", cwd=self.root)
        problems: list[dict[str, Any]] = json.loads(run.stdout)["problems"]
        return problems

    def codes(self) -> list[str]:
        """The codes of the problems of a build."""
        return [problem["code"] for problem in self.build()]

    def deck(self) -> bytes:
        """The deck as it was built last."""
        return (self.root / "build" / "lakes.apkg").read_bytes()

    def revert(self) -> None:
        """Two editions, the second with another front and a new card; then as by `git revert`."""
        self.write("Old?", "B?")
        self.build()
        first = self.lock.read_bytes()
        self.write("New?", "B?", "C?")
        self.build()
        self.write("Old?", "B?")
        self.lock.write_bytes(first)

    def date(self, item: str, time: int) -> None:
        """Give the item's note this time, as a wrong clock does."""
        line = re.compile(rf"\d+( deck {item}\t)")
        text, count = line.subn(rf"{time}\1", self.lock.read_text("utf-8"))
        assert count == 1
        self.lock.write_text(text, "utf-8")


@pytest.fixture
def lakes(project: Path) -> Project:
    return Project(project)


# --- A lock that goes back -----------------------------------------------------------------------


def test_a_lock_that_went_back_is_said_until_it_is_settled(lakes: Project) -> None:
    """Learners of the deck between keep its text; with the lines that were kept they get the old one."""
    lakes.revert()
    between = lakes.deck()
    with having(between) as collection:
        for _ in range(2):
            (problem,) = lakes.build()
            assert (problem["code"], problem["severity"]) == ("lock_went_back", "warning")
            assert problem["file"] == LOCK
            assert 'something else of "a" and "c", and' in problem["message"]
            assert not import_deck(collection, lakes.deck()).updated
        lakes.lock.write_bytes(lakes.last.read_bytes())
        assert lakes.codes() == ["vanished_item"]
        assert len(import_deck(collection, lakes.deck()).updated) == 1
        fronts = {fields.partition("\x1f")[0] for fields, _ in texts_of(collection).values()}
        assert "Old?" in fronts
        assert "New?" not in fronts
    assert lakes.last.read_bytes() == lakes.lock.read_bytes()


def test_a_deck_that_was_not_handed_out_is_forgotten(lakes: Project) -> None:
    """By deleting what was kept of it; the next build starts from the lock as it is."""
    lakes.revert()
    assert lakes.codes() == ["lock_went_back"]
    lakes.last.unlink()
    assert lakes.codes() == []
    assert lakes.codes() == []


def test_a_later_edit_settles_a_note_that_went_back(lakes: Project) -> None:
    """What it says then is later than all that learners have; only the other one is still named."""
    lakes.revert()
    lakes.write("Newest?", "B?")
    (problem,) = lakes.build()
    assert '"a" and "c"' in problem["message"]
    (problem,) = lakes.build()
    assert '"a"' not in problem["message"]
    assert '"c"' in problem["message"]


def test_a_lock_that_goes_forward_is_not_warned_of(lakes: Project) -> None:
    """As it does when a colleague's is merged; nor is a new lock of a bank with another name."""
    lakes.write("A?", "B?")
    assert lakes.codes() == ["no_lock"]
    earlier = lakes.last.read_bytes()
    lakes.write("A!", "B?")
    assert lakes.codes() == []
    lakes.last.write_bytes(earlier)
    assert lakes.codes() == []
    settings = lakes.root / "questions" / "bank.yaml"
    settings.write_text("bank: ponds\ntitle: Ponds\n", "utf-8")
    lakes.lock.unlink()
    assert lakes.codes() == ["no_lock"]


def test_what_was_kept_may_be_damaged(lakes: Project) -> None:
    """Then nothing is known of the deck before, and the next build keeps its own."""
    lakes.revert()
    lakes.last.write_bytes(b"\xff\xfe")
    assert lakes.codes() == []
    assert lakes.last.read_bytes() == lakes.lock.read_bytes()


def test_a_damaged_lock_is_no_lost_one(lakes: Project) -> None:
    """Each line is named and nothing is built; it is not said that a lock was started."""
    lakes.write("A?")
    lakes.build()
    kept = lakes.lock.read_bytes()
    lakes.lock.write_text("one\ntwo\n", "utf-8")
    problems = lakes.build()
    assert [(one["code"], one["line"]) for one in problems] == [("lock_line", 1), ("lock_line", 2)]
    assert all("overwrite what learners wrote" in one["fix"] for one in problems)
    assert lakes.lock.read_bytes() == b"one\ntwo\n"
    assert lakes.last.read_bytes() == kept


# --- Times to come -------------------------------------------------------------------------------

FAR = 4_102_444_800
"""The first second of the year 2100."""


def test_times_to_come_are_said_with_their_line(lakes: Project) -> None:
    """Each import overwrites what a learner wrote there, though the note says the same as before."""
    lakes.write("A?", "B?")
    lakes.build()
    lakes.date("b", FAR)
    for _ in range(2):
        (problem,) = lakes.build()
        assert (problem["code"], problem["severity"]) == ("lock_ahead", "warning")
        assert 'dates "b" later, up to 2100-01-01:' in problem["message"]
        line = lakes.lock.read_text("utf-8").split("\n")[int(problem["line"]) - 1]
        assert f" {FAR} deck b\t" in line
    with having(lakes.deck()) as collection:
        for name in ("A?", "B?"):
            note = collection.get_note(collection.find_notes(f"Question:{name}")[0])
            note["My notes"] = "Mine."
            collection.update_note(note)
        import_deck(collection, lakes.deck())
        kept = [
            collection.get_note(n)["Question"] for n in collection.find_notes('"My notes:Mine."')
        ]
        assert kept == ["A?"]


def test_a_clock_far_behind_is_said_too() -> None:
    """By the same sentence, which asks for the clock first; a day is no matter."""
    _, text = edition(BANK)
    lock, _ = read_lock(text)
    assert ahead(text, lock, FIRST - DAY) == ()
    (problem,) = ahead(text, lock, 0)
    assert "today is 1970-01-01" in problem.message
    assert "and 7 more later, up to 2025-06-15:" in problem.message
    assert problem.fix.startswith("If the clock is wrong, set it right")


def test_every_time_that_is_written_can_be_read() -> None:
    """Also after the last of all, and by a clock that counts in something else than seconds."""
    for text, now in ((edition(BANK)[1].replace(str(FIRST), "9" * 12), FIRST), ("", 10**15)):
        _, after = edition(replace(BANK, title="Other"), text, now)
        lock, problems = read_lock(after)
        assert not problems
        assert {one.time for one in lock.entries.values()} == {10**12 - 1}
        assert "up to 9999-12-31" in ahead(after, lock, FIRST)[0].message


# --- What it remembers ---------------------------------------------------------------------------


def cloze(*numbers: int) -> Cloze:
    """A text with these gaps."""
    return Cloze(id="a", parts=tuple(Gap(number=number, accept=("x",)) for number in numbers))


CARD = Card(id="a", front="?", back="!", reverse=True)
"""A question with two cards."""


def entry(text: str) -> Entry:
    """The line of the item "a", as it is read and as it is read once written again."""
    lock, problems = read_lock(text)
    assert not problems
    assert read_lock(write_lock(lock)) == (lock, ())
    (found,) = lock.entries.values()
    return found


def built(*items: Item, lock: str = "") -> str:
    """The lock after an edition with each of these items alone, day by day."""
    for day, item in enumerate(items):
        _, lock = edition(replace(BANK, items=(item,)), lock, FIRST + day * DAY)
    return lock


def older(text: str) -> str:
    """The lock as 0.1.0 wrote it."""
    return "\n".join(line.partition("\t")[0] for line in text.split("\n"))


@pytest.mark.parametrize(
    ("items", "type_", "cards"),
    [
        ((cloze(1, 2), cloze(2, 3), cloze(3)), "cloze", (0, 1, 2)),
        ((CARD, replace(CARD, reverse=False)), "question", (0, 1)),
        ((CARD, cloze(1, 2, 3)), "question", (0, 1)),
        ((cloze(1, 2), CARD, cloze(4)), "cloze", (0, 1, 3)),
    ],
)
def test_the_first_type_and_all_cards_of_it_are_remembered(
    items: tuple[Item, ...], type_: str, cards: tuple[int, ...]
) -> None:
    """Whatever the note has been since: that is what learners of earlier editions have."""
    found = entry(built(*items))
    assert (found.type, found.cards) == (type_, cards)


def test_a_merge_keeps_what_either_branch_remembers() -> None:
    """In whichever order; where one branch wrote with 0.1.0, what the other knows."""
    base = built(cloze(1, 2))
    ours, theirs = built(cloze(1, 3), lock=base), built(cloze(1, 2), cloze(4), lock=base)
    turned = built(CARD, lock=base)
    for one, other, cards in (
        (ours, theirs, (0, 1, 2, 3)),
        (ours, turned, (0, 1, 2)),
        (ours, older(theirs), (0, 1, 2)),
        (ours, older(turned), (0, 1, 2)),
        (older(base), older(theirs), ()),
    ):
        found = entry(one + other)
        assert found == entry(other + one)
        assert (found.type, found.cards) == ("cloze", cards)


def test_a_line_of_0_1_0_remembers_its_type_alone() -> None:
    """Its cards are not known, so none is missed once the item is again what it was."""
    lock = built(CARD, lock=older(built(cloze(1, 2))))
    found = entry(lock)
    assert (found.type, found.cards, found.decks) == ("cloze", (), (BANK.title,))
    back, lock = edition(replace(BANK, items=(cloze(3),)), lock, FIRST + DAY)
    assert not back.problems
    assert entry(lock).cards == (2,)


# --- What goes without a word --------------------------------------------------------------------

REASONS = {
    "": "is no more in the bank",
    "- {id: b, draft: true}": "is a draft now that lacks something",
    "- {id: b, front: B?, back: '!', draft: true}": "is a draft now",
    "- {id: b, front: B?, back: '!', use: exam}": "is for exams only now",
    "- {id: b, passage: A text., questions: [{id: c, front: C?, back: '!'}]}": "is no more in the bank",
}


@pytest.mark.parametrize(("written", "why"), REASONS.items())
def test_who_vanished_is_said_with_the_true_reason(lakes: Project, written: str, why: str) -> None:
    """And with its place, where it has one."""
    lakes.write("A?", "B?")
    lakes.build()
    lakes.write("A?")
    with (lakes.root / "questions" / "lakes.yaml").open("a", encoding="utf-8") as file:
        file.write(written)
    (problem,) = lakes.build()
    assert problem["code"] == "vanished_item"
    assert f'"b" was in an earlier deck but {why}; learners' in problem["message"]
    assert (problem["line"] == 3) == bool(written)


def test_who_was_retired_and_then_deleted_is_named_each_time() -> None:
    """His learners would not hear of it from the decks of the retired that come after."""
    lock = built(CARD, replace(CARD, retired="Old."))
    for gone in ((), (replace(CARD, draft=True),), (replace(CARD, use="exam"),)):
        made, lock = edition(replace(BANK, items=gone), lock, FIRST + 3 * DAY)
        (problem,) = made.problems
        assert (problem.code, problem.severity) == ("retired_gone", "warning")
        assert "without it" in problem.message
    back, _ = edition(replace(BANK, items=(replace(CARD, retired="Old."),)), lock)
    assert not back.problems
    assert "anki.retired" in [product.kind for product in back.products]


def test_who_replaces_questions_that_nobody_has_is_told_how_to_start_anew(lakes: Project) -> None:
    """As with the ten of `quizgen init` after a first build: both copies of the lock go."""
    lakes.write("Old?", "B?")
    lakes.build()
    lakes.write("New?")
    (problem,) = lakes.build()
    told = problem["fix"].partition("nobody ever got that deck")[2]
    for copy in (lakes.lock, lakes.last):
        assert copy.relative_to(lakes.root).as_posix() in told
        copy.unlink()
    assert lakes.codes() == ["no_lock"]
    assert lakes.codes() == []


def test_lines_of_another_bank_say_nothing_of_this_one() -> None:
    """As a merge of two banks' locks leaves them."""
    other = edition(replace(BANK, name="other"))[1]
    ours = edition(BANK)[1]
    made, _ = edition(BANK, other + ours, FIRST + DAY)
    assert not made.problems
