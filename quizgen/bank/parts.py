"""What items are made of: options, pairs, tolerances, rubrics, images and citations, as written."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from quizgen.bank.fields import (
    BAND_FIELDS,
    CITATION_FIELDS,
    CORRECTION_FIELDS,
    CRITERION_FIELDS,
    IMAGE_FIELDS,
    OPTION_FIELDS,
    Field,
)
from quizgen.bank.limits import TEXT
from quizgen.bank.media import PLAYED, SHOWN, MediaFiles
from quizgen.bank.shapes import NAME, Shapes, described, exact, identity
from quizgen.bank.slip import Path
from quizgen.bank.tree import Block
from quizgen.model import Band, Citation, Correction, Criterion, Image, Option, Pair, Tolerance

_UNITS = ("cm", "mm", "in", "pt", "px", "em", "rem", "%")
_LENGTH = re.compile(rf"(\d{{1,5}}(?:\.\d+)?)\s*(?:{'|'.join(_UNITS)})", re.ASCII)


def _names(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)


_OPTION, _IMAGE, _CITATION = _names(OPTION_FIELDS), _names(IMAGE_FIELDS), _names(CITATION_FIELDS)
_BAND, _CRITERION = _names(BAND_FIELDS), _names(CRITERION_FIELDS)
_CORRECTION = _names(CORRECTION_FIELDS)


class Parts(Shapes):
    """Reads the parts of items."""

    def __init__(self, media: MediaFiles) -> None:
        super().__init__()
        self._media = media

    # --- Options ---------------------------------------------------------------------------------

    def option(self, value: Any, path: Path) -> Option | None:
        """An option: a text, or a mapping with its text and more."""
        if value.__class__ is str:
            text = self.text(value, path)
            return None if text is None else Option(id=identity(text), text=text)
        if not isinstance(value, Block):
            self.text(value, path)
            return None
        self.known(value, _OPTION, path, "An option")
        text = None
        if self.needed(value, "text", path, "An option", "and what it says."):
            text = self.text(value["text"], (*path, "text"))
        more: dict[str, Any] = {}
        if "why" in value:
            more["why"] = self.text(value["why"], (*path, "why"))
        if "pin" in value:
            more["pin"] = self.word(value["pin"], (*path, "pin"), ("first", "last"))
        if "image" in value:
            more["image"] = self.image(value["image"], (*path, "image"))
        own = self.text(value["id"], (*path, "id")) if "id" in value else None
        if text is None:
            return None
        if own is not None and not NAME.fullmatch(own):
            own = identity(own)  # a text that an option was printed with, before it was corrected
        more = {key: one for key, one in more.items() if one is not None}
        return Option(id=own or identity(text), text=text, **more)

    def options(self, value: Any, path: Path) -> tuple[Option, ...]:
        """A list of options."""
        found: list[Option] = []
        for place, one in enumerate(self.listed(value, path)):
            if one.__class__ is str and (text := one.rstrip()) and len(text) <= TEXT:
                found.append(Option(id=identity(text), text=text))
            elif (option := self.option(one, (*path, place))) is not None:
                found.append(option)
        return tuple(found)

    def pairs(self, value: Any, path: Path) -> tuple[Pair, ...]:
        """A mapping from left to right, or a list of [left, right]."""
        rows: list[tuple[Any, Any, Path, Path]] = []
        if isinstance(value, Block):
            rows = [(left, right, (*path, left), (*path, left)) for left, right in value.items()]
        else:
            for place, row in enumerate(self.listed(value, path)):
                if isinstance(row, list) and len(row) == 2:
                    rows.append((row[0], row[1], (*path, place, 0), (*path, place, 1)))
                else:
                    self.slip(
                        "not_a_pair",
                        f"A pair is a list of two, but {_counted(row)} stands here.",
                        "Write [left, right].",
                        (*path, place),
                    )
        pairs = []
        shared: dict[str, Option] = {}
        for left, right, left_path, right_path in rows:
            a, b = self.option(left, left_path), self.option(right, right_path)
            if a is None or b is None:
                continue
            if shared.setdefault(b.id, b) != b:
                self.slip(
                    "two_versions",
                    f'The right side "{b.text[:40]}" stands twice, but not in the same words.',
                    "Write it alike both times, with the same reason.",
                    right_path,
                )
            pairs.append(Pair(left=a, right=b))
        return tuple(pairs)

    # --- Numbers and rubrics ---------------------------------------------------------------------

    def tolerance(self, value: Any, path: Path) -> Tolerance | None:
        """A number, or a percentage of the value."""
        text = value.strip() if isinstance(value, str) else ""
        relative = text.endswith("%")
        amount = exact(text.removesuffix("%"))
        if amount is None or amount < 0:
            self.slip(
                "bad_tolerance",
                f"A tolerance is a number or a percentage, not {described(value)}.",
                "Write a number, such as 0.5, or a percentage, such as 1 %.",
                path,
            )
            return None
        return Tolerance(amount=amount / 100 if relative else amount, relative=relative)

    def bands(self, value: Any, path: Path) -> tuple[Band, ...]:
        """Rows of a tolerance and a share of the points."""
        found: list[Band] = []
        for place, row in enumerate(self.listed(value, path)):
            block = self.block(row, (*path, place), "A band")
            if block is None:
                continue
            self.known(block, _BAND, (*path, place), "A band")
            is_whole = self.needed(block, "tolerance", (*path, place), "A band", "5 %")
            if not self.needed(block, "share", (*path, place), "A band", "1/2") or not is_whole:
                continue
            tolerance = self.tolerance(block["tolerance"], (*path, place, "tolerance"))
            share = self.amount(block["share"], (*path, place, "share"))
            if share is not None and share >= 1:
                self.slip(
                    "bad_share",
                    "A share is less than all the points.",
                    "Write a number below 1, such as 1/2.",
                    (*path, place, "share"),
                )
            elif tolerance is not None and share is not None:
                found.append(Band(tolerance=tolerance, share=share))
        return tuple(found)

    def rubric(self, value: Any, path: Path) -> tuple[Criterion, ...]:
        """Lines of a rubric: texts worth one point, or texts with their points."""
        found: list[Criterion] = []
        for place, row in enumerate(self.listed(value, path)):
            if not isinstance(row, Block):
                text = self.text(row, (*path, place))
                found += [Criterion(text=text)] if text is not None else []
                continue
            self.known(row, _CRITERION, (*path, place), "A line of a rubric")
            text = None
            if self.needed(row, "text", (*path, place), "A line of a rubric", "and what earns it."):
                text = self.text(row["text"], (*path, place, "text"))
            points = (
                self.amount(row["points"], (*path, place, "points"))
                if "points" in row
                else Fraction(1)
            )
            if text is not None and points is not None:
                found.append(Criterion(text=text, points=points))
        return tuple(found)

    # --- Files and sources -----------------------------------------------------------------------

    def image(self, value: Any, path: Path) -> Image | None:
        """A picture, which always says in words what it shows."""
        fix = "Write {file: media/map.png, alt: What it shows}."
        block = self.block(value, path, "An image", fix)
        if block is None:
            return None
        self.known(block, _IMAGE, path, "An image")
        file = None
        if self.needed(block, "file", path, "An image", "media/map.png"):
            file = self.file(block["file"], (*path, "file"), SHOWN)
        if not str(block.get("alt") or "").strip():
            self.slip(
                "no_alt",
                "The image has no text for those who cannot see it.",
                "Say what it shows: alt: A map of Siberia.",
                (*path, "alt") if "alt" in block else path,
            )
            return None
        alt = self.text(block["alt"], (*path, "alt"))
        width = self._width(block["width"], (*path, "width")) if "width" in block else ""
        if file is None or alt is None:
            return None
        return Image(file=file, alt=alt, width=width or "")

    def _width(self, value: Any, path: Path) -> str | None:
        text = self.text(value, path)
        found = _LENGTH.fullmatch(text or "")
        if text is None or (found and float(found[1])):
            return text
        self.slip(
            "bad_width",
            f'"width" cannot be {described(text)}.',
            f"Write a number above 0 and one of the units {', '.join(_UNITS)}, such as 8 cm.",
            path,
        )
        return None

    def audio(self, value: Any, path: Path) -> str | None:
        """The path of a sound."""
        return self.file(value, path, PLAYED)

    def file(self, value: Any, path: Path, endings: Sequence[str]) -> str | None:
        """A path of a file that is there, under questions/, with one of these endings."""
        text = self.text(value, path)
        if text is None:
            return None
        code, message, fix = self._media.trouble(text, endings)
        if code:
            self.slip(code, message, fix, path)
            return None
        return text

    def citation(self, value: Any, path: Path, document: str) -> Citation | None:
        """Where a fact stands; in `document` unless another is named."""
        if isinstance(value, str):
            named = self.text(value, path)
            return None if named is None else Citation(document=named)
        block = self.block(value, path, '"source"')
        if block is None:
            return None
        self.known(block, _CITATION, path, "A source")
        more: dict[str, Any] = {}
        for key, one in block.items():
            match key:
                case "paragraph":
                    more["paragraphs"] = self._paragraphs(one, (*path, key))
                case "terms":
                    more["terms"] = self.texts(one, (*path, key))
                case "document" | "digest" | "derived":
                    more[key] = self.text(one, (*path, key))
                case _:
                    pass  # told above
        if "document" not in block:
            more["document"] = document
            if not document:
                self.slip(
                    "no_document",
                    "The source names no document.",
                    "Write document: NAME, or source: NAME at the top of the file.",
                    path,
                )
                return None
        if None in more.values():
            return None
        return Citation(**more)

    def _paragraphs(self, value: Any, path: Path) -> tuple[int, ...]:
        """A number from 1, or a list of them."""
        if value.__class__ is str:
            number = self._paragraph(value, path)
            return () if number is None else (number,)
        found = (
            self._paragraph(one, (*path, place))
            for place, one in enumerate(self.listed(value, path))
        )
        return tuple(number for number in found if number is not None)

    def _paragraph(self, value: Any, path: Path) -> int | None:
        number = self.whole(value, path)
        if number != 0:
            return number
        self.slip("bad_paragraph", "Paragraphs are counted from 1.", "Write a number from 1.", path)
        return None

    # --- Corrections -----------------------------------------------------------------------------

    def correction(self, value: Any, path: Path) -> Correction | None:
        """What was put right, and the day."""
        fix = "Write {date: 2026-11-25, text: What was wrong.}."
        block = self.block(value, path, '"corrected"', fix)
        if block is None:
            return None
        self.known(block, _CORRECTION, path, "A correction")
        on = text = None
        if self.needed(block, "date", path, "A correction", "2026-11-25"):
            on = self.day(block["date"], (*path, "date"))
        if self.needed(block, "text", path, "A correction", "and what was wrong."):
            text = self.text(block["text"], (*path, "text"))
        return None if on is None or text is None else Correction(date=on, text=text)


def _counted(row: Any) -> str:
    return f"a list of {len(row)}" if isinstance(row, list) else described(row)
