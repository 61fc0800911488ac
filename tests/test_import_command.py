"""`quizgen import` as its users meet it: real processes, projects new and old."""

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from msgspec.structs import replace

from quizgen.bank import read_bank
from quizgen.bank.writing import settings_text
from quizgen.model import Correction
from quizgen.outputs.anki import read_lock, write_lock
from tests.anki_collections import DAY, FIRST, deck_of, edition, fresh_collection, import_deck
from tests.anki_foreign import add, collection_of, exported, genanki_package
from tests.anki_samples import BANK as SAMPLES
from tests.anki_samples import DEW, MEDIA, PNG

BANK = replace(
    SAMPLES,
    items=tuple(replace(one, points=Fraction(3)) if one is DEW else one for one in SAMPLES.items),
)
"""The samples, with an open question that is worth what its rubric is."""


def quizgen(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "quizgen", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def files(root: Path) -> dict[str, bytes]:
    """Every file of a project."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def spanish(tmp_path: Path) -> Path:
    """A folder with a deck of somebody's."""
    (tmp_path / "spanish.apkg").write_bytes(genanki_package(("perro", "dog"), ("gato", "cat")))
    return tmp_path


def test_a_deck_starts_a_project_that_builds(spanish: Path) -> None:
    """The bank is called after the deck; what is written checks without an error, builds and plays."""
    done = quizgen("import", "spanish.apkg", "-C", "course", cwd=spanish)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 notes, 2 questions" in done.stdout
    assert "2 cards" in done.stdout
    assert "cd course\n  quizgen check" in done.stdout
    bank = read_bank(spanish / "course").bank
    assert bank is not None
    assert bank.name.startswith("spanish-")
    assert [item.id for item in bank.items] == ["perro", "gato"]
    assert quizgen("check", cwd=spanish / "course").returncode == 0
    assert quizgen("build", cwd=spanish / "course").returncode == 0


def test_in_a_project_questions_are_added(spanish: Path) -> None:
    """Its bank keeps its name; an id that is taken is not given again."""
    course = spanish / "course"
    (course / "questions").mkdir(parents=True)
    (course / "questions" / "bank.yaml").write_text("bank: mine\ntitle: Mine\n")
    (course / "questions" / "animals.yaml").write_text(
        "questions:\n- {id: perro, front: a, back: b}\n"
    )
    before = files(course)
    done = quizgen("import", "../spanish.apkg", cwd=course)
    assert (done.returncode, done.stderr) == (0, "")
    assert files(course).keys() - before.keys() == {"questions/rows.yaml"}
    assert before.items() <= files(course).items()
    reading = read_bank(course)
    assert reading.problems == ()
    assert reading.bank is not None
    assert [item.id for item in reading.bank.items] == ["perro", "perro-2", "gato"]


def test_a_file_without_a_place_is_named_with_its_question(tmp_path: Path) -> None:
    """In the summary and in the question; the project builds nevertheless."""
    with collection_of({"femur.jpg": PNG}) as collection:
        add(collection, "Basic", "D", Front="Where is the femur?", Back='<img src="femur.jpg">')
        add(collection, "Basic", "D", Front="Its neighbour?", Back="The tibia")
        (tmp_path / "bones.apkg").write_bytes(exported(collection, legacy=True))
    done = quizgen("import", "bones.apkg", "-C", "bones", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "femur (media/femur.png)" in done.stdout
    text = (tmp_path / "bones" / "questions" / "d.yaml").read_text(encoding="utf-8")
    assert "- id: femur\n  # The answer is media/femur.png: " in text
    assert quizgen("check", cwd=tmp_path / "bones").returncode == 0


def test_a_project_that_declares_topics_is_told_which_to_add(tmp_path: Path) -> None:
    """Once each, as lines that can be pasted; then it checks without an error."""
    with collection_of({}) as collection:
        for deck in ("Geo::Europe", "Geo::Asia: far", "Geo::Rivers"):
            add(collection, "Basic", deck, Front=f"In {deck}?", Back="Yes")
            add(collection, "Basic", deck, Front=f"Not in {deck}?", Back="No")
        (tmp_path / "geo.apkg").write_bytes(exported(collection, legacy=True))
    bank = tmp_path / "questions" / "bank.yaml"
    bank.parent.mkdir()
    bank.write_text(
        "bank: mine\ntitle: Mine\ntopics:\n  Rivers: {goals: {flow: Where they flow}}\n"
    )
    (bank.parent / "a.yaml").write_text("questions:\n- {id: a, front: a, back: b}\n")
    done = quizgen("import", "geo.apkg", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    lines = '  Europe:\n  "Asia: far":\n'
    assert f"topics: in questions/bank.yaml,\nor give the questions topics that stand there:\n\n{lines}\nNext:\n" in done.stdout  # fmt: skip
    assert quizgen("check", cwd=tmp_path).returncode == 1
    bank.write_text(bank.read_text() + lines)
    assert quizgen("check", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("name", ["../up", "Capital", "a b", ""])
def test_a_bank_has_a_name_as_banks_have(name: str, spanish: Path) -> None:
    done = quizgen("import", "spanish.apkg", "-C", "course", "--bank", name, cwd=spanish)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (spanish / "course").exists()


def test_nothing_is_overwritten_without_force(spanish: Path) -> None:
    """A second import says what is there; with --force it writes the same again, under the same ids."""
    assert quizgen("import", "spanish.apkg", "-C", "course", cwd=spanish).returncode == 0
    path = spanish / "course" / "questions" / "rows.yaml"
    first = path.read_text()
    path.write_text(f"{first}\n- {{id: mine, front: a, back: b}}\n")
    before = files(spanish / "course")
    done = quizgen("import", "spanish.apkg", "-C", "course", cwd=spanish)
    assert (done.returncode, done.stdout) == (1, "")
    assert "rows.yaml is there already; nothing was changed" in done.stderr
    assert files(spanish / "course") == before
    assert quizgen("import", "spanish.apkg", "-C", "course", "--force", cwd=spanish).returncode == 0
    assert path.read_text() == first


def test_a_program_gets_json(spanish: Path) -> None:
    done = quizgen("import", "spanish.apkg", "-C", "course", "--bank", "es", "--json", cwd=spanish)
    said = json.loads(done.stdout)
    assert (said["bank"], said["notes"], said["questions"]) == ("es", 2, 2)
    assert (said["types"], said["remarks"], said["problems"]) == ({"card": 2}, [], [])
    assert all((spanish / "course" / name).is_file() for name in said["files"])


def test_without_zstandard_the_way_to_it_is_said(tmp_path: Path) -> None:
    """A deck in the newer format needs one more library; the sentence names the command."""
    with collection_of({}) as collection:
        add(collection, "Basic", "D", Front="a", Back="b")
        (tmp_path / "new.apkg").write_bytes(exported(collection, legacy=False))
    (tmp_path / "zstandard.py").write_text("raise ImportError")
    done = quizgen(
        "import",
        "new.apkg",
        "-C",
        "p",
        cwd=tmp_path,
        PYTHONPATH=os.pathsep.join((str(tmp_path), str(Path(__file__).parent.parent))),
    )
    assert done.returncode == 2
    assert "pip install 'quizgen[import]'" in done.stderr
    assert not (tmp_path / "p").exists()


def test_a_missing_deck_is_named(tmp_path: Path) -> None:
    done = quizgen("import", "none.apkg", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "none.apkg" in done.stderr


# --- Decks of our own ----------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A folder with the sample bank's deck."""
    (tmp_path / "water.apkg").write_bytes(deck_of(edition(BANK, media=MEDIA)[0]))
    return tmp_path


def test_a_lost_bank_comes_back_with_its_lock(ours: Path) -> None:
    """From the deck alone: name, title, licence, sources, ids, and the lock that changes no note."""
    lock = edition(BANK, media=MEDIA)[1]
    done = quizgen("import", "water.apkg", "-C", "water", cwd=ours)
    assert (done.returncode, done.stderr) == (0, "")
    assert "11 notes of quizgen's own came back as before" in done.stdout
    assert "the list of topics and its order" in done.stdout
    assert "import water-on-earth-retired.apkg, too" in done.stdout
    assert "an earlier questions/anki.lock of this bank, keep that one" in done.stdout
    bank = read_bank(ours / "water").bank
    assert bank is not None
    assert (bank.name, bank.title, bank.licence) == (BANK.name, BANK.title, BANK.licence)
    assert [item.id for item in bank.items] == [item.id for item in BANK.items]
    assert (ours / "water" / "questions" / "anki.lock").read_text(encoding="utf-8") == lock
    assert quizgen("build", cwd=ours / "water").returncode == 0
    assert (ours / "water" / "questions" / "anki.lock").read_text(encoding="utf-8") == lock


def test_a_lock_that_is_there_keeps_what_it_knows(ours: Path) -> None:
    """Into a project whose questions are lost: its lines stay, of former decks and deleted questions."""
    questions = ours / "questions"
    questions.mkdir()
    sources = settings_text(replace(BANK, title="Water of old"))
    (questions / "bank.yaml").write_text(sources, encoding="utf-8")
    _, lock = edition(replace(BANK, title="Water of old", items=BANK.items), media=MEDIA)
    lost, _ = read_lock(edition(replace(BANK, items=BANK.items[:2]), lock, now=FIRST + DAY)[1])
    (questions / "anki.lock").write_text(write_lock(lost), encoding="utf-8")
    done = quizgen("import", "water.apkg", cwd=ours)
    assert (done.returncode, done.stderr) == (0, "")
    assert "earlier questions/anki.lock" not in done.stdout
    assert read_lock((questions / "anki.lock").read_text(encoding="utf-8"))[0] == lost


def test_in_another_bank_a_deck_of_ours_has_no_place(ours: Path) -> None:
    """Its guids follow from the bank's name; the sentence says where to put it instead."""
    questions = ours / "course" / "questions"
    questions.mkdir(parents=True)
    (questions / "bank.yaml").write_text("bank: mine\ntitle: Mine\n")
    (questions / "a.yaml").write_text("questions:\n- {id: a, front: a, back: b}\n")
    done = quizgen("import", "water.apkg", "-C", "course", cwd=ours)
    assert (done.returncode, done.stdout) == (2, "")
    assert "-C water-on-earth" in done.stderr
    assert len(files(ours / "course")) == 2


def test_sources_that_the_bank_does_not_declare_are_asked_for_once(ours: Path) -> None:
    """As lines that can be pasted, and not in each question; then all checks, and the lock stays."""
    bank = ours / "questions" / "bank.yaml"
    bank.parent.mkdir()
    bank.write_text(f"bank: {BANK.name}\ntitle: Water\n")
    done = quizgen("import", "water.apkg", cwd=ours)
    assert (done.returncode, done.stderr) == (1, "")
    assert "unknown_source" not in done.stdout
    assert "\n\n\n" not in done.stdout
    _, _, rest = done.stdout.partition("under sources: in questions/bank.yaml:\n\n")
    lines, _, _ = rest.partition("\nNext:")
    assert lines.startswith("  ")
    bank.write_text(f"{bank.read_text()}sources:\n{lines}")
    done = quizgen("check", cwd=ours)
    assert (done.returncode, "key_not_in_terms" in done.stdout + done.stderr) == (0, False)
    again = quizgen("import", "water.apkg", "--force", cwd=ours)
    assert (again.returncode, "came back as before" in again.stdout) == (0, True)


@pytest.mark.parametrize("legacy", [True, False], ids=["older format", "newer format"])
def test_a_learner_gives_the_bank_back(legacy: bool, tmp_path: Path) -> None:
    """Out of a real collection that learned it: no new note, no conflict, and only the learner's edit."""
    first, _ = edition(BANK, media=MEDIA)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        edit(collection, "formula")
        (tmp_path / "back.apkg").write_bytes(exported(collection, legacy=legacy))
        done = quizgen("import", "back.apkg", "-C", "back", "--json", cwd=tmp_path)
        said = json.loads(done.stdout)
        assert (said["own"], said["notes"], said["changes"]) == (11, 11, [])
        assert {row["code"] for row in said["remarks"]} == {"learner_tags", "learner_notes"}
        bank = read_bank(tmp_path / "back").bank
        assert bank is not None
        text = (tmp_path / "back" / "questions" / "anki.lock").read_text(encoding="utf-8")
        again, _ = edition(bank, text, now=2_000_000_000, media=media_of(tmp_path / "back"))
        log = import_deck(collection, deck_of(again))
        assert (len(log.new), len(log.conflicting), len(log.updated)) == (0, 0, 0)
        assert len(log.duplicate) == 11


def test_the_retired_come_back_too(tmp_path: Path) -> None:
    """Their deck goes into the project that the other one made; the next build makes both again,
    with the reason and what was once put right.
    """
    _, lock = edition(BANK, media=MEDIA)
    reason = "The figure is out of date."
    gone: dict[str, Any] = {
        "retired": reason,
        "corrected": Correction(date="2026-11-25", text="It was 5."),
    }
    items = tuple(replace(i, **gone) if i.id == "formula" else i for i in BANK.items)
    later, lock = edition(replace(BANK, items=items), lock, now=FIRST + DAY, media=MEDIA)
    (tmp_path / "live.apkg").write_bytes(deck_of(later))
    (tmp_path / "retired.apkg").write_bytes(deck_of(later, "anki.retired"))
    assert quizgen("import", "live.apkg", "-C", "water", cwd=tmp_path).returncode == 0
    done = quizgen("import", "retired.apkg", "-C", "water", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "write the reason" not in done.stdout
    assert "-retired.apkg, too" not in done.stdout
    root = tmp_path / "water"
    bank = read_bank(root).bank
    assert bank is not None
    assert [one.retired for one in bank.items if one.id == "formula"] == [reason]
    assert (root / "questions" / "anki.lock").read_text(encoding="utf-8") == lock
    assert quizgen("build", "--only", "anki", cwd=root).returncode == 0
    assert (root / "questions" / "anki.lock").read_text(encoding="utf-8") == lock
    assert (root / "build" / f"{BANK.name}-retired.apkg").is_file()


def test_a_deck_of_two_banks_asks_which(tmp_path: Path) -> None:
    """Each bank goes into a project of its own; what is left out is told."""
    with fresh_collection() as collection:
        import_deck(collection, deck_of(edition(BANK, media=MEDIA)[0]))
        import_deck(
            collection, deck_of(edition(replace(BANK, name="other", items=BANK.items[:2]))[0])
        )
        (tmp_path / "both.apkg").write_bytes(exported(collection, legacy=True))
    done = quizgen("import", "both.apkg", "-C", "p", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--bank water-on-earth or --bank other" in done.stderr
    done = quizgen("import", "both.apkg", "-C", "p", "--bank", "other", "--json", cwd=tmp_path)
    said = json.loads(done.stdout)
    assert (said["own"], said["questions"], said["changes"]) == (2, 2, [])
    assert {row["code"] for row in said["remarks"]} == {"other_bank"}


def edit(collection: Collection, item: str) -> None:
    """What a learner does with a note: a tag, a line of his own, and words put into it."""
    (number,) = collection.find_notes(f'"Item:*/{item}"')
    note = collection.get_note(number)
    note.tags.append("mine")
    note["My notes"] = "remember this"
    note["Explanation"] = "Two of hydrogen, one of oxygen."
    collection.update_note(note)


def media_of(root: Path) -> dict[str, bytes]:
    folder = root / "questions"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "media").iterdir()
    }
