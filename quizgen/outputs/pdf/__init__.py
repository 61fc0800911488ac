"""Pages of HTML to PDF: beside each page of a product the same as a PDF, by one of two engines.

The page is taken as it is, and only told the size of its sheets where it does not say it. A file
of all forms is put together from the forms' own, so that each is laid out once and each sheet says
which of how many of its form it is. Nothing of the day goes in: same pages, same engine, same bytes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from pathlib import PurePosixPath
from typing import Literal, TypeAlias, assert_never

from msgspec.structs import replace

from quizgen.outputs.built import Built, Product
from quizgen.outputs.pdf.engine import EngineFault, Page, Printed
from quizgen.outputs.template import Templates
from quizgen.problem import Problem, has_errors

__all__ = ["Engine", "EngineFault", "PageSize", "ready", "with_pdfs"]

Engine: TypeAlias = Literal["weasyprint", "chromium"]
PageSize: TypeAlias = Literal["a4", "letter"]

_SIZES: Mapping[PageSize, str] = {"a4": "A4", "letter": "letter"}
_MATH = re.compile(r"<math[\s/>]", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_NAMED = 3

NO_JOINING = "PDF needs the package pikepdf. Install it with: pip install 'quizgen[pdf]'."


def ready(engine: Engine) -> None:
    """Raise EngineFault, with what to install, where the engine or what joins PDFs is not there."""
    _pressed(engine, ())
    _joining()


def with_pdfs(
    built: Sequence[Built], *, engine: Engine, size: PageSize, templates: Templates
) -> tuple[Built, ...]:
    """Each of `built` with a PDF beside each of its pages; a product's is one of the kind `KIND.pdf`.

    An error where a page holds what an engine would print wrongly or leave out in silence. Raises
    EngineFault where the engine is not there or gives up, or what it made cannot be joined.
    """
    texts = {
        path: data.decode()
        for one in built
        for path, data in one.files.items()
        if path.endswith(".html")
    }
    if not texts or any(has_errors(one.problems) for one in built):
        return tuple(built)
    if engine == "weasyprint" and (faults := _with_math(texts)):
        return (replace(built[0], problems=built[0].problems + faults), *built[1:])
    merged = {
        product.path: parts
        for one in built
        for product in one.products
        if (parts := _parts(product, one))
    }
    own = templates.source("pdf/weasyprint.css") if engine == "weasyprint" else ""
    joined = _joining()
    pages = [
        Page(name=path, html=_of_size(html, size, own))
        for path, html in texts.items()
        if path not in merged
    ]
    printed = {page.name: one for page, one in zip(pages, _pressed(engine, pages), strict=True)}
    pdfs = {path: one.pdf for path, one in printed.items()}
    for path, parts in merged.items():
        pdfs[path] = joined([pdfs[part] for part in parts], _title(texts[path]))
    return tuple(_beside_each(one, pdfs, printed) for one in built)


def _beside_each(built: Built, pdfs: Mapping[str, bytes], printed: Mapping[str, Printed]) -> Built:
    """`built` with those of the PDFs that are of its pages, and what these lack."""
    own = [path for path in built.files if path in pdfs]
    return replace(
        built,
        files={**built.files, **{_beside(path): pdfs[path] for path in own}},
        products=tuple(
            each
            for product in built.products
            for each in (product, *((_as_pdf(product),) if product.path in pdfs else ()))
        ),
        problems=built.problems
        + tuple(
            problem
            for path in own
            if path in printed
            for problem in _incomplete(path, printed[path])
        ),
    )


def _pressed(engine: Engine, pages: Sequence[Page]) -> Sequence[Printed]:
    """The pages as PDF, in their order; the engine is looked for even where there are none."""
    match engine:
        case "weasyprint":
            from quizgen.outputs.pdf import weasyprint

            return weasyprint.press(pages)
        case "chromium":
            from quizgen.outputs.pdf import chromium

            return chromium.press(pages)
        case _:
            assert_never(engine)


def _joining() -> Callable[[Sequence[bytes], str], bytes]:
    try:
        from quizgen.outputs.pdf.joining import joined
    except ImportError as error:
        raise EngineFault(NO_JOINING) from error
    return joined


def _parts(product: Product, built: Built) -> list[str]:
    """The pages that a product holds all of, in their order; none for a page of its own."""
    match product.kind:
        case "paper.forms":
            return [one.path for one in built.products if one.kind == "paper.form"]
        case "paper.class" | "paper.class-sheets":
            folder = PurePosixPath(product.path).parent
            pages = [path for path in built.files if PurePosixPath(path).parent == folder]
            return [path for path in pages if path.endswith(".html") and path != product.path]
        case _:
            return []


def _of_size(html: str, size: PageSize, own: str) -> str:
    """The page, told how large its sheets are: first of all, so that its own word counts more."""
    told = f"<style>@page {{ size: {_SIZES[size]}; }}</style>"
    html = _HEAD.sub(lambda head: head[0] + told, html, count=1)
    return html.replace("</head>", f"<style>{own}</style></head>", 1) if own else html


def _title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return unescape(found[1]).strip() if found else ""


def _beside(path: str) -> str:
    return f"{path.removesuffix('.html')}.pdf"


def _as_pdf(product: Product) -> Product:
    return replace(product, kind=f"{product.kind}.pdf", path=_beside(product.path))


# --- What a PDF cannot say -----------------------------------------------------------------------


def _with_math(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """An error where MathML stands in a page: WeasyPrint prints a fraction of 1 and 2 as 12."""
    pages = [path for path, html in texts.items() if _MATH.search(html)]
    if not pages:
        return ()
    more = f" and {len(pages) - _NAMED} more" if len(pages) > _NAMED else ""
    return (
        Problem(
            code="mathml_in_pdf",
            message=f"A formula stands as <math> in {', '.join(pages[:_NAMED])}{more}, and a PDF would run its numbers together.",
            fix="Take it out of the template, since formulas of questions are drawn anyway, or print with --pdf-engine chromium.",
        ),
    )


def _incomplete(path: str, printed: Printed) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            code="left_out_of_pdf",
            message=f"{_beside(path)} would lack something: {complaint}",
            fix="Save the picture as PNG or JPEG, or print with --pdf-engine chromium.",
        )
        for complaint in printed.complaints
    )
