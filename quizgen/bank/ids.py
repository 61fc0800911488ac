"""The ids that questions, passages and gaps still lack, written into the text of their files.

Nothing else in a file changes: comments, quotes, indentation, line ends and a leading byte order
mark stay as they are. An id is drawn from the words of the question, never from its answer, since
products may carry it.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from quizgen.bank.cloze import ClozeError, cloze_parts, gap_openings, unnumbered
from quizgen.bank.edits import Edit, edited, line_end
from quizgen.bank.names import name_from
from quizgen.bank.origin import BANK_FILE
from quizgen.bank.reading import question_files
from quizgen.bank.slip import Slip
from quizgen.bank.syntax import decode, read_text
from quizgen.bank.tree import Block, Value, read_tree
from quizgen.model import Gap
from quizgen.problem import Problem

_TOLD_BY = ("stem", "statement", "cloze", "front", "title", "passage")


def missing_ids(root: Path, shipped: Mapping[str, int] | None = None) -> Mapping[Path, str]:
    """The new texts of the question files that lack ids, by path; complete files are not in it.

    Items and passages get an `id:`, gaps of a cloze their number. `shipped` are the questions that
    are in decks, by id, each with the highest number of a gap that it ever had there: no gap gets
    that of one that is gone. Where a question has its id and several gaps, but no number yet, and
    may have been in use, its gaps are left to the author: one of them may be older than the others.
    The texts read as before but for those. A file that cannot be read is left alone; `left_alone`
    names it.
    """
    files = list(_files(root))
    entries = (entry for file in files for entry in _entries(file.value))
    taken = {str(entry["id"]).casefold() for entry in entries if "id" in entry}
    texts: dict[Path, str] = {}
    for file in files:
        if file.slips or not any(map(_lacks, _entries(file.value))):
            continue
        new = edited(file.text, list(_edits(file, taken, shipped)))
        if new != file.text and _is_same_but_ids(file.value, _tree(new), shipped or {}):
            texts[file.path] = new
    return texts


def left_alone(root: Path) -> tuple[Problem, ...]:
    """What keeps `missing_ids` from reading a file: all that is wrong with its form."""
    return tuple(
        slip.at(file.path.relative_to(root).as_posix(), slip.mark or (1, 1))
        for file in _files(root)
        for slip in sorted(file.slips, key=lambda slip: slip.mark or (1, 1))
    )


class _File(NamedTuple):
    path: Path
    text: str
    value: Value
    slips: list[Slip]


def _files(root: Path) -> Iterator[_File]:
    for name in question_files(root):
        if name == BANK_FILE:
            continue
        path = root / name
        try:
            data = path.read_bytes()
        except OSError as error:
            slip = Slip.of_unread(error.strerror or "the disk refuses")
            yield _File(path, "", None, [slip])
            continue
        text, slips = decode(data)
        value: Value = None
        if text is not None:
            value, slips = read_text(text)[:2]
            text = f"\ufeff{text}" if data.startswith(BOM_UTF8) else text
        yield _File(path, text or "", value, slips)


def _tree(text: str) -> Value:
    try:
        value, slips = read_tree(text.removeprefix("\ufeff"))
    except yaml.YAMLError:
        return None
    return None if slips else value


# --- Which are missing ---------------------------------------------------------------------------


def _entries(value: object) -> Iterator[Block]:
    """The items and passages of a file's value."""
    if isinstance(value, Block) and isinstance(questions := value.get("questions"), list):
        for one in questions:
            if isinstance(one, Block):
                yield one
                yield from _entries(one)


def _lacks(entry: Block) -> bool:
    """Whether it may lack an id, or a gap its number."""
    return "id" not in entry or "{{" in str(entry.get("cloze", ""))


def _edits(file: _File, taken: set[str], shipped: Mapping[str, int] | None) -> Iterator[Edit]:
    text = file.text.removeprefix("\ufeff")
    shift = len(file.text) - len(text)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for node in _questions(yaml.compose(text, Loader=loader)):
        fields = {key.value: value for key, value in node.value if isinstance(key, ScalarNode)}
        if "id" not in fields and node.value:
            name = name_from(_texts(fields), taken)
            index, written = _id_line(node, name, text)
            yield Edit(index + shift, index + shift, written)
        match fields.get("cloze"):
            case ScalarNode() as cloze:
                name = str(fields["id"].value) if "id" in fields else ""
                is_new = not name or (shipped is not None and name not in shipped)
                above = (shipped or {}).get(name, 0)
                for index, number in _numbers(cloze, text, above, is_new=is_new):
                    yield Edit(index + shift, index + shift, f"c{number}::")
            case _:
                pass


def _questions(node: Node | None) -> Iterator[MappingNode]:
    """The mappings of items and passages, in the order of the file."""
    if not isinstance(node, MappingNode):
        return
    for key, value in node.value:
        if key.value == "questions" and isinstance(value, SequenceNode):
            for one in value.value:
                if isinstance(one, MappingNode):
                    yield one
                    yield from _questions(one)


def _numbers(
    cloze: ScalarNode, text: str, above: int, *, is_new: bool
) -> Iterator[tuple[int, int]]:
    """Where in the file each gap without a number starts, and the number that it gets.

    The braces of the value and of the text in the file are the same ones in the same order,
    unless one is written as an escape; then nothing is said.
    """
    try:
        gaps = [part for part in cloze_parts(cloze.value, above) if isinstance(part, Gap)]
    except ClozeError:
        return
    openings, without = gap_openings(cloze.value), unnumbered(cloze.value)
    if not is_new and len(without) == len(gaps) > 1:
        return
    written = text[cloze.start_mark.index : cloze.end_mark.index]
    there = _all("{{", written)
    in_value = _all("{{", cloze.value)
    if len(there) != len(in_value):
        return
    for gap, opening in zip(gaps, openings, strict=True):
        if opening in without:
            # After any space: "c1:: " would make a key of what stands before it.
            found = re.compile(r"\{\{\s*").match(written, there[in_value.index(opening)])
            if found:
                yield cloze.start_mark.index + found.end(), gap.number


def _all(sign: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(f"(?={re.escape(sign)})", text)]


# --- How they are written ------------------------------------------------------------------------


def _id_line(node: MappingNode, name: str, text: str) -> tuple[int, str]:
    """Where to put the id in, and what to put there: a line of its own, or a place in the braces."""
    first: Node = node.value[0][0]
    if node.flow_style:
        return first.start_mark.index, f"id: {name}, "
    mark = node.start_mark
    return mark.index, f"id: {name}{line_end(text, mark.index)}{' ' * mark.column}"


def _is_same_but_ids(before: object, after: object, shipped: Mapping[str, int]) -> bool:
    """Whether nothing changed in the values but ids and numbers of gaps that were not there."""
    match before, after:
        case Block(), Block():
            new = {key: value for key, value in after.items() if key in before or key != "id"}
            above = shipped.get(str(before.get("id", "")), 0)
            return list(new) == list(before) and all(
                _same_gaps(value, new[key], above)
                if key == "cloze"
                else _is_same_but_ids(value, new[key], shipped)
                for key, value in before.items()
            )
        case [*old], [*new_ones]:
            return len(old) == len(new_ones) and all(
                _is_same_but_ids(*pair, shipped) for pair in zip(old, new_ones, strict=True)
            )
        case _:
            return before == after


def _same_gaps(before: object, after: object, above: int) -> bool:
    if before == after:
        return True
    try:
        return cloze_parts(str(before), above) == cloze_parts(str(after), above)
    except ClozeError:
        return False


# --- What they are called ------------------------------------------------------------------------


def _texts(fields: Mapping[str, Node]) -> Iterator[str]:
    """What a name may be drawn from; of a cloze what does not stand in its gaps."""
    for name in _TOLD_BY:
        node = fields.get(name)
        if isinstance(node, ScalarNode):
            yield re.sub(r"\{\{.*?\}\}", " ", node.value)
