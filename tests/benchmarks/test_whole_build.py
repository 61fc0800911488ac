"""What a whole build takes as a process, from YAML: time beside genanki alone, and memory."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.bank import read_bank
from quizgen.core.select import practice
from quizgen.outputs.anki.media import Media
from quizgen.outputs.anki.notes import Notes
from quizgen.outputs.anki.notetypes import note_type, pages
from quizgen.outputs.anki.texts import CardWords
from quizgen.outputs.template import Templates
from tests.benchmarks.banks import FLASHCARDS, MIXED, write_bank

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT, FEW = 10_000, 200
"""How many items are measured beside genanki, and how many are built where nothing is."""

ROUNDS = 5
MOST = 400
"""MiB."""

MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "quizgen", "build", "-C", sys.argv[1]],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
GENANKI = """
import json, sys
import genanki
said = json.load(open(sys.argv[1], encoding="utf-8"))
models = {
    name: genanki.Model(place, name, model_type=genanki.Model.CLOZE if name == "cloze" else 0, **type)
    for place, (name, type) in enumerate(said["types"].items(), start=1)
}
decks = {
    topic: genanki.Deck(place, "Deck::" + topic)
    for place, topic in enumerate(said["topics"], start=2)
}
for type, topic, guid, fields, tags in said["notes"]:
    decks[topic].add_note(
        genanki.Note(model=models[type], fields=fields, guid=guid, tags=tags)
    )
genanki.Package(list(decks.values())).write_to_file(sys.argv[2])
"""

not_on_windows = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows does not tell what a child took so"
)


class Spent(NamedTuple):
    """Seconds: of the processor, in the program and for it, and on the clock."""

    processor: float
    clock: float


@not_on_windows
@pytest.mark.parametrize("kinds", [FLASHCARDS, MIXED], ids=["flashcards", "mixed"])
def test_a_deck_from_yaml_beside_genanki(
    benchmark: BenchmarkFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kinds: Sequence[str],
) -> None:
    """`quizgen build --only anki` with nothing kept of an earlier one, within two and a half times
    the rival: an interpreter that reads the same notes, ready, from JSON and has genanki write them,
    with the same note types and a subdeck for each topic.

    Each is the best of a few runs that take turns: what else runs on the machine only adds to it.
    Both find their modules compiled, as pip leaves them; the first of the runs sees to that.
    """
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    project = write_bank(tmp_path / "large", FEW if benchmark.disabled else COUNT, kinds=kinds)
    ready = tmp_path / "notes.json"
    ready.write_text(json.dumps(_deck(project)), encoding="utf-8")
    build = [sys.executable, "-m", "quizgen", "build", "--only", "anki", "-C", str(project)]
    rival = [sys.executable, "-c", GENANKI, str(ready), str(tmp_path / "deck.apkg")]
    builds: list[Spent] = []
    rivals: list[Spent] = []

    def take_turns() -> None:
        rmtree(project / "build", ignore_errors=True)
        (project / "questions" / "anki.lock").unlink(missing_ok=True)
        builds.append(_spent(build))
        rivals.append(_spent(rival))

    benchmark.pedantic(take_turns, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    assert (project / "build" / "large.apkg").exists()
    for kind, ours, theirs in zip(Spent._fields, _best(builds), _best(rivals), strict=True):
        said = {"quizgen": ours, "genanki": theirs, "times": ours / theirs}
        benchmark.extra_info[kind] = {name: round(value, 2) for name, value in said.items()}
        print(kind, benchmark.extra_info[kind])


@not_on_windows
def test_a_build_of_ten_thousand_items_fits_in_400_mib(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    """The peak of the whole process, as the operating system counts it: deck, forms and keys."""
    project = write_bank(tmp_path, COUNT)

    def peak() -> float:
        words = [sys.executable, "-c", MEASURED, str(project)]
        said = subprocess.run(words, check=True, cwd=ROOT, capture_output=True, text=True).stdout
        return int(said) / (1024 if sys.platform == "linux" else 1024 * 1024)

    mib: float = benchmark.pedantic(peak, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["MiB"] = round(mib)
    assert mib < MOST


def _deck(project: Path) -> dict[str, object]:
    """What genanki is to write: the note types of the project's deck, its topics and its notes."""
    bank = read_bank(project).bank
    assert bank is not None
    notes = Notes(bank, CardWords(Templates().words("anki", "en")), Media({}))
    texts = [notes.note(item) for item in practice(bank)]
    types = {}
    for name in dict.fromkeys(text.type for text in texts):
        model = note_type(pages(name, Templates()), 1)
        types[name] = {"fields": model.fields, "templates": model.templates, "css": model.css}
    return {
        "types": types,
        "topics": list(dict.fromkeys(text.topic for text in texts)),
        "notes": [(text.type, text.topic, text.guid, text.fields, text.tags) for text in texts],
    }


def _best(rounds: Sequence[Spent]) -> Spent:
    return Spent(min(one.processor for one in rounds), min(one.clock for one in rounds))


def _spent(words: list[str]) -> Spent:
    import resource

    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(words, check=True, cwd=ROOT, capture_output=True)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(processor, end - start)
