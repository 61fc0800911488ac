"""A tree of HTML to our Markdown: what has a counterpart keeps its form, all else its words.

A person writes a backslash only where it is needed, and where that is depends on all that stands
around. So what was written is read again: `markdown` takes what says what it must.
"""

import re
from collections.abc import Callable, Sequence

from quizgen.imports.html import BLOCKS, Element, Node
from quizgen.imports.phrases import SIGNS, Phrases

_HEADING = re.compile(r"h[1-6]")


def markdown(node: Element, says: Callable[[str], bool], *, keep_lines: bool = False) -> str:
    """The Markdown of a tree of which `says` holds, with as few backslashes as it takes.

    Where it holds of none, the one with all of them. `keep_lines` leaves line ends within texts
    where they are; else they are spaces, as HTML has it.
    """

    def written(signs: frozenset[str]) -> str:
        return Blocks(Phrases(signs, keep_lines=keep_lines)).text(node.children)

    plain = written(frozenset())
    if says(plain):
        return plain
    signs, found = SIGNS, written(SIGNS)
    if found == plain or not says(found):
        return found
    for sign in sorted(SIGNS & set(plain)):
        fewer = written(signs - {sign})
        if says(fewer):
            signs, found = signs - {sign}, fewer
    return found


class Blocks:
    """Writes paragraphs, lists, tables and the like."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def text(self, nodes: Sequence[Node]) -> str:
        """The blocks of these nodes, an empty line between them."""
        return "\n\n".join(self._blocks(nodes))

    def _blocks(self, nodes: Sequence[Node]) -> list[str]:
        blocks: list[str] = []
        run: list[Node] = []

        def end_run() -> None:
            # Two line breaks in a row are how people part paragraphs where they cannot type any.
            blocks.extend(part for part in self._phrases.paragraphs(run) if part)
            run.clear()

        for node in nodes:
            if isinstance(node, Element) and (node.name in BLOCKS or _holds_block(node)):
                end_run()
                blocks += self._block(node)
            else:
                run.append(node)
        end_run()
        return blocks

    def _block(self, node: Element) -> list[str]:
        name, children = node.name, node.children
        if _HEADING.fullmatch(name):
            words = self._phrases.line(children)
            is_there = words or self._phrases.keeps_lines
            return [f"{'#' * int(name[1])} {words}".rstrip()] if is_there else []
        match name:
            case "ul" | "ol":
                return self._list(node)
            case "table":
                return self._table(node)
            case "pre":
                return [_fenced(node)]
            case "blockquote":
                return [_prefixed(self.text(children), "> ", "> ")]
            case "hr":
                return ["***"]
            case _:
                return self._blocks(children)

    def _list(self, node: Element) -> list[str]:
        rows: list[str] = []
        number = _whole(node.attributes.get("start", "")) or 1
        items = [one for one in node.children if isinstance(one, Element)]
        is_loose = any(
            isinstance(part, Element) and part.name == "p" for one in items for part in one.children
        )
        for one in items:
            mark = "- " if node.name == "ul" else f"{number}. "
            number += 1
            children = one.children if one.name == "li" else [one]
            blocks = self._blocks(children)
            text = ("\n\n" if is_loose else "\n").join(blocks)
            if text:
                rows.append(_prefixed(text, mark, " " * len(mark)))
        return [("\n\n" if is_loose else "\n").join(rows)] if rows else []

    def _table(self, node: Element) -> list[str]:
        rows = list(_rows(node))
        if not rows or not any(rows):
            return []
        width = max(map(len, rows))
        cells = [
            [self._phrases.cell(cell.children) for cell in row] + [""] * (width - len(row))
            for row in rows
        ]
        rule = [_rule(cell) for cell in rows[0]] + ["---"] * (width - len(rows[0]))
        lines = [cells[0], rule, *cells[1:]]
        return ["\n".join(f"| {' | '.join(line)} |" for line in lines)]


def _holds_block(node: Element) -> bool:
    return any(
        isinstance(child, Element) and (child.name in BLOCKS or _holds_block(child))
        for child in node.children
    )


def _rows(node: Element) -> list[list[Element]]:
    """The cells of a table, row by row; a table within a cell is a part of the cell's text."""
    found: list[list[Element]] = []
    for child in node.children:
        match child:
            case Element(name="tr", children=children):
                found.append([one for one in children if isinstance(one, Element)])
            case Element(name="thead" | "tbody" | "tfoot"):
                found += _rows(child)
            case _:
                pass
    return [row for row in found if row]


def _rule(cell: Element) -> str:
    style = cell.attributes.get("style", "").replace(" ", "")
    match style.partition("text-align:")[2].partition(";")[0]:
        case "left":
            return ":--"
        case "right":
            return "--:"
        case "center":
            return ":-:"
        case _:
            return "---"


def _fenced(node: Element) -> str:
    """Code as it stands; its language where it has one."""
    language = ""
    for child in node.children:
        if isinstance(child, Element) and child.name == "code":
            language = child.attributes.get("class", "").partition("language-")[2].partition(" ")[0]
    text = _raw(node).removesuffix("\n")
    ticks = max((len(run) for run in re.findall("`{3,}", text)), default=2) + 1
    return f"{'`' * ticks}{language}\n{text}\n{'`' * ticks}"


def _raw(node: Node) -> str:
    match node:
        case str():
            return node
        case Element(name="br"):
            return "\n"
        case Element(children=children):
            return "".join(map(_raw, children))


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    rest = [f"{others}{line}" if line else others.rstrip() for line in lines[1:]]
    return "\n".join([first + lines[0], *rest])


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
