"""Writing files into a project: all of them or none, every obstacle at once, and nothing left behind."""

from pathlib import Path

import pytest

from quizgen.commands.project import Stop, write_files


def everything(root: Path) -> dict[str, bytes | None]:
    """Every file and folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def test_every_obstacle_is_named_at_once(tmp_path: Path) -> None:
    """A folder in the place of a file, a file in the place of a folder; nothing is written."""
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "media").write_bytes(b"a file")
    before = everything(tmp_path)
    files = {"new/deep/x": b"1", "a.yaml": b"2", "media/b.png": b"3", "media/c/d.png": b"4"}
    with pytest.raises(Stop) as told:
        write_files(tmp_path, files)
    sentence = str(told.value)
    assert told.value.code == 1
    assert f"{tmp_path / 'a.yaml'} is a folder" in sentence
    assert f"{tmp_path / 'media'} is a file" in sentence
    assert sentence.count("is a file") == 1
    assert everything(tmp_path) == before


def test_a_link_that_leads_nowhere_is_an_obstacle(tmp_path: Path) -> None:
    (tmp_path / "media").symlink_to(tmp_path / "gone")
    with pytest.raises(Stop, match="media"):
        write_files(tmp_path, {"media/b.png": b"1"})
    assert not (tmp_path / "gone").exists()


def test_what_is_linked_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    """Beside the file that it leads to, which need not be there yet; rights are those of the file."""
    (tmp_path / "elsewhere").mkdir()
    shared = tmp_path / "elsewhere" / "shared.yaml"
    shared.write_bytes(b"former")
    shared.chmod(0o640)
    (tmp_path / "elsewhere" / "link").symlink_to("shared.yaml")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a").symlink_to("../elsewhere/link")
    (tmp_path / "project" / "b").symlink_to("../elsewhere/new")
    write_files(tmp_path / "project", {"a": b"1", "b": b"2"})
    assert (shared.read_bytes(), shared.stat().st_mode & 0o777) == (b"1", 0o640)
    assert (tmp_path / "elsewhere" / "new").read_bytes() == b"2"
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_symlink()) == [
        "a",
        "b",
        "link",
    ]
    assert len(everything(tmp_path)) == 7


@pytest.mark.parametrize("leads_to", ["../gone/a", "a"])
def test_a_link_to_a_file_in_no_folder_is_an_obstacle(tmp_path: Path, leads_to: str) -> None:
    """As to a disk that is not there, or to itself."""
    (tmp_path / "a").symlink_to(leads_to)
    with pytest.raises(Stop, match=r"/a is a link that leads nowhere"):
        write_files(tmp_path, {"a": b"1"})
    assert (tmp_path / "a").is_symlink()
    assert not (tmp_path.parent / "gone").exists()


@pytest.mark.parametrize("failing", range(4))
def test_where_the_disk_refuses_all_is_as_before(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file cannot be put into its place: former ones stand, new ones and folders are gone."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a").write_bytes(b"former")
    (tmp_path / "b").write_bytes(b"former, too")
    before = everything(tmp_path)
    count = 0
    put = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == failing + 1:
            raise OSError(28, "No space left on device")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(Stop, match="No space left"):
        write_files(tmp_path, {"old/a": b"1", "b": b"2", "new/c": b"3", "new/deep/d": b"4"})
    assert everything(tmp_path) == before


def test_where_no_room_is_left_no_folder_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project's own folder neither, where it was to be new."""

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quizgen.commands.project.tempfile.mkstemp", full)
    with pytest.raises(Stop, match="No space left"):
        write_files(tmp_path / "new", {"questions/a": b"1", "questions/media/b": b"2"})
    assert not list(tmp_path.iterdir())


def test_what_is_written_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"former")
    (tmp_path / "a").chmod(0o640)
    write_files(tmp_path, {"a": b"1", "b/c": b"2"})
    assert everything(tmp_path) == {"a": b"1", "b": None, "b/c": b"2"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="name too long"):
        write_files(tmp_path, {"new/" + "x" * 400: b"1"})
    assert not list(tmp_path.iterdir())
