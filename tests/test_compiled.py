"""The compiled copy: the same bank as its files, or none at all."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import Reading, compiled, parsing, read_bank, reading
from quizgen.model import Item
from tests.broken_banks import SOUND, project
from tests.conftest import ROOT
from tests.strategies import written_banks
from tests.yaml_writer import layout, tree

CARD = "questions:\n- {id: one, front: a, back: b, image: {file: media/map.png, alt: A map}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path, q=CARD)


@pytest.fixture
def copy(root: Path) -> Path:
    """The path of a copy that is there."""
    path = root / "build" / ".cache" / "bank.msgpack"
    read_bank(root, cache=path)
    assert path.is_file()
    return path


def is_copied(root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether reading takes the copy; either way it reads what the files say."""
    parsed: list[Path] = []
    parse = parsing.parse

    def noted(folder: Path, files: dict[str, bytes], unread: dict[str, str]) -> Reading:
        parsed.append(folder)
        return parse(folder, files, unread)

    with monkeypatch.context() as patch:
        patch.setattr(parsing, "parse", noted)
        found = read_bank(root, cache=copy)
    assert found == read_bank(root)
    return not parsed


def test_an_unchanged_bank_is_taken_from_its_copy(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_copied(root, copy, monkeypatch)


def test_the_copy_of_the_repositorys_own_bank_is_that_bank(tmp_path: Path) -> None:
    """All types and every feature, with the place of each item."""
    copy = tmp_path / "bank.msgpack"
    first = read_bank(ROOT, cache=copy)
    assert first.bank is not None
    assert len(first.bank.items) > 100
    assert copy.is_file()
    assert read_bank(ROOT, cache=copy) == first == read_bank(ROOT)


@given(written_banks(), st.randoms(use_true_random=False))
def test_any_bank_is_the_same_from_its_copy(
    tmp_path_factory: pytest.TempPathFactory, items: tuple[Item, ...], rnd: Random
) -> None:
    root = project(tmp_path_factory.mktemp("copied"), q=layout([tree(i, rnd) for i in items], rnd))
    copy = root / "bank.msgpack"
    first = read_bank(root, cache=copy)
    assert copy.is_file() == (first.problems == ())
    assert read_bank(root, cache=copy) == first


def test_warnings_are_kept_with_the_copy(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = root / "bank.msgpack"
    project(root, empty="")
    first = read_bank(root, cache=copy)
    assert [problem.code for problem in first.problems] == ["empty_file"]
    assert is_copied(root, copy, monkeypatch)


def test_a_bank_with_errors_is_not_copied(root: Path) -> None:
    """Nor does an older copy hide them."""
    copy = root / "bank.msgpack"
    project(root, broken="questions:\n- {id: two, front: a}\n")
    assert [p.code for p in read_bank(root, cache=copy).problems] == ["missing_field"]
    assert not copy.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q", CARD.replace("front: a", "front: c")),
        ("q", f"# moved\n{CARD}"),
        ("bank", SOUND.replace("Lakes", "Seas")),
        ("new", "questions:\n- {id: two, front: a, back: b}\n"),
        ("new", "questions:\n- {id: two, front: a}\n"),
    ],
)
def test_a_changed_file_is_seen(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    project(root, **{name: text})
    assert not is_copied(root, copy, monkeypatch)


def test_a_change_that_keeps_size_and_time_is_seen(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "questions" / "q.yaml"
    before = path.stat()
    path.write_text(CARD.replace("front: a", "front: c"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not is_copied(root, copy, monkeypatch)


def test_a_file_that_was_renamed_or_deleted_is_seen(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "questions" / "q.yaml"
    path.rename(root / "questions" / "r.yaml")
    assert not is_copied(root, copy, monkeypatch)
    (root / "questions" / "r.yaml").unlink()
    assert not is_copied(root, copy, monkeypatch)


def test_a_picture_that_went_missing_is_seen(root: Path, copy: Path) -> None:
    (root / "questions" / "media" / "map.png").unlink()
    assert [p.code for p in read_bank(root, cache=copy).problems] == ["missing_file"]


def test_a_moved_project_has_its_new_place(root: Path, copy: Path, tmp_path: Path) -> None:
    """The copy says nothing of the folder that it was made in."""
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    found = read_bank(moved, cache=moved / copy.relative_to(root))
    assert found.origin.root == str(moved)


@given(st.data())
def test_a_damaged_copy_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """And is made anew: cut off, with any byte changed, or something else altogether."""
    root = project(tmp_path_factory.mktemp("damaged"), q=CARD)
    copy = root / "bank.msgpack"
    first = read_bank(root, cache=copy)
    whole = copy.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from(
            (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], b"", whole + b"\0")
        )
        | st.binary(max_size=100)
    )
    copy.write_bytes(damaged)
    assert read_bank(root, cache=copy) == first
    assert copy.read_bytes() == whole


def test_a_sound_copy_of_something_else_is_as_good_as_none(root: Path, copy: Path) -> None:
    """Of another bank; and of this one, under its own key, but with other contents."""
    other = project(root.with_name("other"), q=CARD.replace("one", "two"))
    read_bank(other, cache=copy)
    assert read_bank(root, cache=copy) == read_bank(root)
    files = {name: (root / name).read_bytes() for name in reading.question_files(root)}
    body = b"\x80"
    copy.write_bytes(compiled.key_of(files) + compiled.checksum(body) + body)
    assert read_bank(root, cache=copy) == read_bank(root)


def test_another_version_of_the_program_reads_the_files(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "__version__", "0.0.0")
    compiled._language.cache_clear()
    try:
        assert not is_copied(root, copy, monkeypatch)
    finally:
        compiled._language.cache_clear()


def test_the_copy_is_whole_or_not_there(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that refuses in the middle leaves the older copy as it was and nothing beside it."""
    before = copy.read_bytes()
    project(root, q=CARD.replace("front: a", "front: c"))

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        found = read_bank(root, cache=copy)
    assert found == read_bank(root)
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_place_that_cannot_be_written_costs_nothing_but_time(root: Path) -> None:
    (root / "build").write_text("a file where a folder belongs")
    assert read_bank(root, cache=root / "build" / "bank.msgpack") == read_bank(root)


def test_a_copied_bank_loads_no_parser(root: Path, copy: Path) -> None:
    """What only parsing needs stays unloaded, so that a quiz starts at once."""
    code = (
        "import sys; from pathlib import Path; from quizgen.bank import read_bank;"
        f"found = read_bank(Path({str(root)!r}), cache=Path({str(copy)!r}));"
        "assert found.bank and not {'yaml', 'quizgen.bank.parsing'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
