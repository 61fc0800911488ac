"""What a quiz shows besides text: pictures as data URIs, and Problems for what paper cannot say."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from quizgen.markup import can_typeset, formulas
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Image,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Quiz,
    TrueFalse,
)
from quizgen.outputs.data_uri import data_uri, picture_type
from quizgen.outputs.paper.gaps import formula_ready, lost_gaps
from quizgen.problem import Problem


def data_uris(quiz: Quiz, media: Mapping[str, bytes]) -> dict[str, str]:
    """Every picture of the quiz that there is, by its file."""
    return {
        image.file: data_uri(kind, media[image.file])
        for image in _images(quiz)
        if image.file in media and (kind := picture_type(image.file))
    }


def unprintable(quiz: Quiz, media: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What paper cannot say as its author wrote it."""
    found: list[Problem] = []
    for passage in quiz.passages:
        if passage.image is not None:
            found += _picture_problems(passage.image, passage.id, media)
    for item in quiz.items:
        for image in _item_images(item):
            found += _picture_problems(image, item.id, media)
        found += _item_problems(item)
    return tuple(found)


def _picture_problems(image: Image, item: str, media: Mapping[str, bytes]) -> Iterator[Problem]:
    if not picture_type(image.file):
        yield Problem(
            code="picture_format",
            message=f'A browser cannot show the picture "{image.file}".',
            fix="Save it as PNG, JPEG, WebP or SVG.",
            item=item,
            field="image",
        )
    elif image.file not in media:
        yield Problem(
            code="missing_picture",
            message=f'There is no picture "{image.file}".',
            fix="Put it into questions/, or correct its path.",
            item=item,
            field="image",
        )


def _item_problems(item: Item) -> Iterator[Problem]:
    if item.audio:
        yield Problem(
            code="sound_on_paper",
            severity="note",
            message=f'Paper cannot play "{item.audio}".',
            fix="Play it in class; the paper says that a recording belongs to the question.",
            item=item.id,
            field="audio",
        )
    if isinstance(item, Cloze) and lost_gaps(item):
        yield Problem(
            code="gap_without_line",
            message="A gap stands where paper has no room for a line.",
            fix="Take it out of the link's address.",
            item=item.id,
            field="cloze",
        )
    for text in _printed_texts(item):
        for latex in formulas(text):
            if not can_typeset(latex):
                yield Problem(
                    code="formula_on_paper",
                    severity="warning",
                    message=f"The formula {latex} cannot be drawn, so paper shows its LaTeX.",
                    fix="Write it with commands of plain LaTeX math.",
                    item=item.id,
                )


def _images(quiz: Quiz) -> Iterator[Image]:
    for passage in quiz.passages:
        if passage.image is not None:
            yield passage.image
    for item in quiz.items:
        yield from _item_images(item)


def _item_images(item: Item) -> Iterator[Image]:
    if item.image is not None:
        yield item.image
    yield from (option.image for option in _options(item) if option.image is not None)


def _options(item: Item) -> tuple[Option, ...]:
    match item:
        case Choice():
            return item.options
        case Match():
            return (*(side for pair in item.pairs for side in (pair.left, pair.right)), *item.extra)
        case Order():
            return item.sequence
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ()
        case _:
            assert_never(item)


def _printed_texts(item: Item) -> Iterator[str]:
    """Every text of the item that goes through the markup, on its form or on its key."""
    yield item.explain
    if item.corrected is not None:
        yield item.corrected.text
    yield from (text for option in _options(item) for text in (option.text, option.why))
    match item:
        case Choice() | Match() | Order():
            yield item.stem
        case TrueFalse():
            yield item.statement
        case Entry():
            yield from (item.stem, *item.accept[:1], *item.close.values())
        case Number():
            yield from (item.stem, item.unit)
        case Cloze():
            yield item.stem
            yield formula_ready(item)[0]
        case Open():
            yield from (item.stem, item.model, *(line.text for line in item.rubric))
        case Card():
            yield from (item.front, item.back)
        case _:
            assert_never(item)
