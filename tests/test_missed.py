"""Decks of what each student missed, as the real Anki takes them beside the bank's own deck."""

import shutil
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from anki.collection import Collection
from msgspec.structs import replace

from quizgen.cli import main
from quizgen.core.form import make_forms
from quizgen.core.manifest import read_manifest
from quizgen.grading.missed import missed, practice_of
from quizgen.grading.returning import returned
from quizgen.grading.scheme import schemes_of
from quizgen.model import Bank, Item, Revision
from quizgen.outputs.anki import Lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.press import Parts
from quizgen.outputs.template import Templates
from quizgen.sheet import read_sheet, write_sheet
from tests.anki_collections import (
    assert_sound,
    fresh_collection,
    having,
    import_deck,
    note_of,
    note_type_of,
    note_types_of,
    progress_of,
    texts_of,
    times_of,
)
from tests.conftest import ROOT
from tests.grading_samples import (
    ALL,
    CHANGE,
    DEW,
    FLOATS,
    GIANTS,
    LAKE,
    MONTH,
    edition_of,
    head,
    key_cell,
    marked,
    quiz_of,
)

BANK = """\
bank: lakes
title: Lakes of the world
deck: "School::Lakes"
retention: 0.9
quizzes:
  midterm:
    title: Midterm
    forms: 2
    blueprint: [{items: [largest, salt, frozen, gaps, pairs]}]
"""
QUESTIONS = """\
topic: Lakes
questions:
- {id: largest, stem: Which lake is deepest?, answer: Lake Baikal, distractors: [Lake Victoria, Lake Superior]}
- {id: salt, statement: The Dead Sea is salt., answer: true}
- {id: frozen, statement: Lake Vostok lies under ice., answer: true, use: exam}
- id: gaps
  cloze: A {{c1::lake}} is fed by {{c2::rivers|streams}}.
- {id: pairs, stem: Match., match: {Baikal: Russia, Titicaca: Peru}}
- {id: unasked, stem: Which lake is highest?, accept: Titicaca}
"""
Said = pytest.CaptureFixture[str]


def write(root: Path, text: str, name: str = "lakes.yaml") -> None:
    (root / "questions" / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck that was handed out, an edition that was written, and what two students answered."""
    root = tmp_path_factory.mktemp("course")
    (root / "questions").mkdir()
    write(root, BANK, "bank.yaml")
    write(root, QUESTIONS)
    assert main(["build", "-C", str(root), "--only", "anki"]) == 0
    assert main(["freeze", "-C", str(root), "midterm"]) == 0
    folder = root / "printed" / "midterm-1"
    edition, _ = read_manifest((folder / "manifest.json").read_bytes(), "m")
    assert edition is not None
    right = {one.item.id: key_cell(one) for one in edition.forms[0].questions}
    ann = right | {"largest": "-", "frozen": "F", "gaps": "lake | sea"}
    bo = right | {"frozen": "F"}
    rows = [["student", "form", "1", "2", "3", "4", "5"]]
    rows += [["s1", "A", *ann.values()], ["s2", "A", *bo.values()], ["s3", "absent"]]
    (folder / "responses.csv").write_bytes(write_sheet(rows))
    (root / "class.csv").write_text("id,name\ns1,Ann Lee\ns2,Bo\ns3,Cy\n", encoding="utf-8")
    return root


@pytest.fixture
def lakes(course: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(course, tmp_path / "course"))


def graded(root: Path, *words: str) -> int:
    asks = ["grade", str(root / "printed/midterm-1"), "--class", str(root / "class.csv")]
    return main([*asks, *words])


def listed(root: Path) -> dict[str, tuple[str, str]]:
    """The page and the deck of each student."""
    data = (root / "results/midterm-1/feedback.csv").read_bytes()
    return {row.cells[0]: (row.cells[2], row.cells[3]) for row in read_sheet(data, "f").rows[1:]}


def deck_of(root: Path, student: str = "s1") -> bytes:
    return (root / "results/midterm-1" / listed(root)[student][1]).read_bytes()


def items_of(collection: Collection) -> set[str]:
    names = ("largest", "salt", "frozen", "gaps", "pairs", "unasked")
    of_guid = {guid("lakes", name): name for name in names}
    return {of_guid[one] for one in texts_of(collection)}


def answer_all(collection: Collection) -> None:
    collection.decks.select(collection.decks.id_for_name("School"))  # type: ignore[arg-type]
    for _ in range(20):
        if (card := collection.sched.getCard()) is None:
            break
        card.start_timer()
        collection.sched.answerCard(card, 3)
    collection.fix_integrity()  # Anki may date an answer and its log a second apart, and mends that


def everything(collection: Collection) -> Iterator[object]:
    """All that a learner has of notes, cards, reviews, note types, decks and their options."""
    yield from (texts_of(collection), times_of(collection), progress_of(collection))
    yield collection.db.all("select id, cid, ease, ivl from revlog order by id")  # type: ignore[union-attr]
    for name in sorted(note_types_of(collection)):
        own = note_type_of(collection, name)
        yield name, own["mod"], own["css"], own["tmpls"]
    for deck in sorted(collection.decks.all(), key=lambda one: str(one["name"])):
        yield {name: deck[name] for name in ("id", "name", "desc", "conf")}


@pytest.mark.parametrize("is_own", [False, True])
def test_who_has_the_whole_deck_gets_nothing_twice_and_loses_nothing(
    lakes: Path, *, is_own: bool
) -> None:
    """Neither cards nor progress, times, descriptions, options or looks, be they the project's own."""
    if is_own:
        (lakes / "templates/anki").mkdir(parents=True)
        shutil.copy(ROOT / "templates/anki/card.css", lakes / "templates/anki/card.css")
        with (lakes / "templates/anki/card.css").open("a") as css:
            css.write(".card { color: green; }")
        assert main(["build", "-C", str(lakes), "--only", "anki"]) == 0
    whole = (lakes / "build/lakes.apkg").read_bytes()
    assert graded(lakes, "--missed") == 0
    with having(whole) as collection:
        answer_all(collection)
        before = list(everything(collection))
        log = import_deck(collection, deck_of(lakes))
        assert (len(log.new), len(log.updated), len(log.duplicate)) == (0, 0, 2)
        assert list(everything(collection)) == before
        assert_sound(collection)


def test_who_starts_with_what_was_missed_goes_on_with_the_whole_deck(lakes: Path) -> None:
    """The deck holds just that, below the name of the bank's deck."""
    assert graded(lakes, "--missed") == 0
    with fresh_collection() as collection:
        import_deck(collection, deck_of(lakes))
        assert items_of(collection) == {"largest", "gaps"}
        names = {one.name for one in collection.decks.all_names_and_ids() if one.name != "Default"}
        assert names == {"School", "School::Lakes", "School::Lakes::Lakes"}
        answer_all(collection)
        first = progress_of(collection)
        assert any(one.reps for one in first.values())
        log = import_deck(collection, (lakes / "build/lakes.apkg").read_bytes())
        assert (len(log.new), len(log.updated)) == (3, 0)
        after = progress_of(collection)
        assert {key: after[key] for key in first} == first
        assert items_of(collection) == {"largest", "salt", "gaps", "pairs", "unasked"}
        assert_sound(collection)


@pytest.mark.parametrize("is_built", [True, False])
def test_a_later_deck_says_more_than_an_earlier_paper(lakes: Path, *, is_built: bool) -> None:
    """A question that was reworded since comes as printed, but never over what a later deck said."""
    write(lakes, QUESTIONS.replace("is deepest?", "is the deepest?"))
    if is_built:
        assert main(["build", "-C", str(lakes), "--only", "anki"]) == 0
    assert graded(lakes, "--missed") == 0
    paper = deck_of(lakes)
    assert main(["build", "-C", str(lakes), "--only", "anki"]) == 0
    whole = (lakes / "build/lakes.apkg").read_bytes()
    key = guid("lakes", "largest")
    with having(whole) as collection:
        before = list(everything(collection))
        import_deck(collection, paper)
        assert list(everything(collection)) == before
    with having(paper) as collection:
        assert "is deepest?" in texts_of(collection)[key][0]
        import_deck(collection, whole)
        assert "is the deepest?" in texts_of(collection)[key][0]


def test_without_the_lock_no_learner_s_note_is_touched(lakes: Path) -> None:
    """Who built the deck that they have is not known then, nor when."""
    whole = (lakes / "build/lakes.apkg").read_bytes()
    (lakes / "questions/anki.lock").unlink()
    assert graded(lakes, "--missed") == 0
    with having(whole) as collection:
        note = note_of(collection, Bank(name="lakes", title="L"), "largest")
        note["My notes"] = "1642 m"
        collection.update_note(note)
        before = list(everything(collection))
        import_deck(collection, deck_of(lakes))
        assert list(everything(collection)) == before


def test_decks_of_two_courses_stand_beside_one_another() -> None:
    """Though their notes may have one time, of which Anki makes their numbers."""
    banks = [Bank(name=name, title=name, items=(LAKE, MONTH)) for name in ("a", "b")]
    decks = [
        Parts(bank, media={}, templates=Templates(), lock=Lock(), now=946_684_800).deck(bank.items)
        for bank in banks
    ]
    with having(decks[0]) as collection:
        log = import_deck(collection, decks[1])
        assert len(log.new) == 2
        assert {guid(bank.name, item.id) for bank in banks for item in bank.items} == set(
            texts_of(collection)
        )
        assert len(progress_of(collection)) == 6
        assert_sound(collection)


def test_no_deck_tells_whose_it_is(lakes: Path) -> None:
    """Its name is that of the student's page, and nobody's name or id stands inside."""
    assert graded(lakes, "--missed", "--feedback") == 0
    page, deck = listed(lakes)["s1"]
    assert page.removesuffix(".html") == deck.removesuffix(".apkg")
    with ZipFile(BytesIO(deck_of(lakes))) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"largest" in inside
    assert not any(word in inside for word in (b"Ann", b"s1", b"Midterm"))
    assert not any(b"Ann Lee" in one.read_bytes() for one in (lakes / "printed").rglob("*.*"))


def test_what_is_for_exams_alone_reaches_no_deck_and_that_is_said(
    lakes: Path, capsys: Said
) -> None:
    """Bo missed nothing else and has none; a question that is for exams since counts as well."""
    assert graded(lakes, "--missed") == 0
    told = capsys.readouterr()
    assert 'note: No deck holds "frozen": it is for exams alone.' in told.err
    assert "1 Anki deck of what was missed to give back" in told.out
    assert {name: bool(deck) for name, (_, deck) in listed(lakes).items()} == {"s1": True, "s2": False}  # fmt: skip
    write(lakes, QUESTIONS.replace("Baikal, distr", "Baikal, use: exam, distr"))
    assert graded(lakes, "--missed") == 0
    with having(deck_of(lakes)) as collection:
        assert items_of(collection) == {"gaps"}


def test_a_deck_is_taken_away_when_nothing_is_missed_any_more(lakes: Path) -> None:
    assert graded(lakes, "--missed", "--feedback") == 0
    first, deck = listed(lakes)["s1"], listed(lakes)["s1"][1]
    assert graded(lakes) == 0, "which leaves them as they are"
    assert listed(lakes)["s1"] == first
    decisions = "\n".join(
        f"- {{item: {name}, date: 2026-11-30, reason: Misprint., void: full}}"
        for name in ("largest", "gaps")
    )
    (lakes / "printed/midterm-1/corrections.yaml").write_text(f"corrections:\n{decisions}\n")
    assert graded(lakes, "--missed") == 0
    assert listed(lakes)["s1"] == (first[0], "")
    assert not (lakes / "results/midterm-1" / deck).exists()


def test_no_deck_is_made_beside_questions_with_errors(lakes: Path, capsys: Said) -> None:
    """They may say what is for exams alone."""
    write(lakes, "questions: [")
    assert graded(lakes, "--missed") == 1
    assert "No decks were made" in capsys.readouterr().err
    assert not list(lakes.rglob("*.apkg"))[1:]


# --- Which items, and how they come --------------------------------------------------------------


def test_missed_is_what_has_a_score_below_full_points() -> None:
    """A blank and part of the points are; what is voided or not marked yet is not."""
    edition = edition_of(quiz_of(LAKE, GIANTS, FLOATS, DEW, CHANGE))
    cells = ["-", "A", key_cell(edition.forms[0].questions[2]), "", "?"]
    revision = Revision(item="lake", date="2026-11-30", reason="Misprint.", void="drop")
    data = write_sheet([head(edition.forms), ["s1", "A", *cells]])
    for revisions, expected in (((), {"lake", "giants"}), ([revision], {"giants"})):
        results, _ = marked(data, edition.forms, revisions)
        (paper,) = returned(results, edition.forms, (), {})
        assert missed(paper) == expected


def as_practised(item: Item, now: Item | None, revisions: tuple[Revision, ...] = ()) -> Item | str:
    schemes, refused = schemes_of(make_forms(quiz_of(item)), revisions)
    assert not refused
    found = practice_of([item], schemes, Bank(name="b", title="B", items=(now,) if now else ()))
    return found.items.get(item.id) or found.left_out[item.id]


def accepting(item: str, *texts: str, gap: int = 0) -> Revision:
    return Revision(item=item, date="2026-11-30", reason="R.", accept=texts, gap=gap)


def test_an_item_comes_as_printed_unless_its_key_is_another_one() -> None:
    """Reworded since, or gone: as printed. With another key in the bank: as the bank has it."""
    reworded = replace(LAKE, stem="Which one?")
    corrected = replace(LAKE, keys=("victoria",))
    assert as_practised(LAKE, None) == LAKE
    assert as_practised(LAKE, reworded) == LAKE
    assert as_practised(LAKE, corrected) == corrected


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"use": "exam"}, "exam"), ({"retired": "Wrong."}, "retired"), ({"draft": True}, "draft")],
)
def test_what_today_s_bank_keeps_from_decks_stays_out(
    change: Mapping[str, object], reason: str
) -> None:
    assert as_practised(LAKE, replace(LAKE, **change)) == reason
    assert as_practised(replace(LAKE, use="exam"), LAKE) == "exam"


def test_no_card_teaches_a_key_that_was_put_right() -> None:
    """A typed answer takes what was accepted; another item waits until the bank says it, too."""
    taken = as_practised(CHANGE, CHANGE, (accepting("change", "subliming"),))
    assert taken == replace(CHANGE, accept=("sublimation", "subliming"))
    found = as_practised(
        MONTH, MONTH, (accepting("month", "30", gap=2), accepting("month", "27", gap=1))
    )
    assert not isinstance(found, str)
    assert [gap.accept for gap in found.gaps] == [("28", "27"), ("29", "30")]  # type: ignore[union-attr]
    other = accepting("lake", "Superior")
    assert as_practised(LAKE, LAKE, (other,)) == "key"
    assert as_practised(LAKE, None, (other,)) == "key"
    both = replace(LAKE, stem="Which are?", keys=("baikal", "superior"), multiple=True)
    assert as_practised(LAKE, both, (other,)) == both


def test_items_of_every_type_come_as_they_were_printed() -> None:
    schemes, _ = schemes_of(make_forms(quiz_of(*ALL)))
    found = practice_of(ALL, schemes, None)
    assert tuple(found.items.values()) == ALL
    assert not found.left_out
