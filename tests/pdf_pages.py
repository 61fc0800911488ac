"""PDFs read back: sheets, tags and bookmarks."""

from io import BytesIO
from typing import Any

import pymupdf
from pypdf import PdfReader

from tests.test_paper_print import Sheet, sheet_of


def sheets(pdf: bytes) -> list[Sheet]:
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        return [sheet_of(page) for page in document]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """Each bookmark with the number of its page, from 1."""
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        return [(title, page) for _, title, page in document.get_toc()]


def fonts_outside(pdf: bytes) -> set[str]:
    """The fonts that the file only names."""
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]
        return {
            font[3]
            for page in document
            for font in page.get_fonts()
            if font[1] == "n/a" and font[2] != "Type3"
        }


def untagged(pdf: bytes) -> list[str]:
    """Where a page has words but no row among the tags, or a row that leads to other pages alone."""
    reader: Any = PdfReader(BytesIO(pdf))
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    rows = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    wrong = []
    for place, page in enumerate(reader.pages, 1):
        if "/StructParents" not in page:
            if page.extract_text().strip():
                wrong.append(f"page {place} has no row")
            continue
        own = page.indirect_reference.idnum
        for element in rows[int(page["/StructParents"])].get_object():
            tag = element.get_object()
            kids = tag.get("/K", []) if tag else []
            of = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
            pages = {one.raw_get("/Pg").idnum for one in (tag, *of) if _says_page(one)}
            if pages and own not in pages:
                wrong.append(f"page {place}: {tag['/S']} is of another")
    return wrong


def _says_page(tag: Any) -> bool:
    return isinstance(tag, dict) and "/Pg" in tag
