"""Pages to PDF by WeasyPrint, in several processes, since it keeps one processor busy for each."""

import gc
import logging
import os
import re
import signal
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from typing import Any, NamedTuple

from quizgen.garbage import collector_at_rest
from quizgen.outputs.pdf.engine import EngineFault, Page, Printed

_ALONE = 3
"""So many pages are sooner printed here than another process has started."""

_MOST = 4
"""So many processes at most, this one among them: each takes some 200 MB."""

_VARIANT = "pdf/ua-1"

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

_OF_ONE_PAGE = re.compile(r"@(?:font-face|layer|import|color-profile)\b")
"""Styles that would be seen beyond their page, or not in all of it, if they were read apart."""

_MOST_SHEETS = 16
"""So many style sheets are remembered."""

NO_PACKAGE = "PDF needs WeasyPrint. Install it with: pip install 'quizgen[pdf]'."
NO_LIBRARY = (
    "PDF needs the library Pango, which WeasyPrint does not find. Install it;"
    " Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0;"
    " Fedora: dnf install pango; macOS: brew install pango;"
    " Windows: in MSYS2 pacman -S mingw-w64-x86_64-pango, then set"
    " WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\mingw64\\bin;"
    " or print with a browser that is there: --pdf-engine chromium."
)


def press(pages: Sequence[Page]) -> Sequence[Printed]:
    """The pages as PDF, in their order: tagged, with fonts inside and bookmarks of the headings.

    Raises EngineFault where WeasyPrint or its library is missing, or a process died.
    """
    _refuse_missing()
    workers = min(_processors(), len(pages), _MOST)
    if workers < 2 or len(pages) <= _ALONE:
        printer = Printer()
        with collector_at_rest():
            return [printer.printed(page) for page in pages]
    longest_first = sorted(range(len(pages)), key=lambda at: -len(pages[at].html))
    with (
        ProcessPoolExecutor(
            workers - 1, mp_context=get_context("spawn"), initializer=_begin_work
        ) as pool,
        collector_at_rest(),
    ):
        try:
            own, asked = _shared_out(pages, longest_first, pool, 2 * (workers - 1))
            return [own[at] if at in own else asked[at].result() for at in range(len(pages))]
        except BrokenProcessPool as error:
            raise EngineFault(
                "WeasyPrint was stopped before it was done, perhaps for want of memory. Close other programs, or print fewer quizzes at once with --quiz."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _shared_out(
    pages: Sequence[Page], order: Sequence[int], pool: Executor, ahead: int
) -> tuple[Mapping[int, Printed], Mapping[int, "Future[Printed]"]]:
    """What this process printed, from the end of the order, while others started and print the rest.

    No more than `ahead` pages wait for them, so that nobody is idle at the end.
    """
    left = deque(order)
    own: dict[int, Printed] = {}
    asked: dict[int, Future[Printed]] = {}
    gc.freeze()
    try:
        while left:
            while left and sum(not one.done() for one in asked.values()) < ahead:
                at = left.popleft()
                asked[at] = pool.submit(print_page, pages[at])
            if left:
                at = left.pop()
                own[at] = _printed(pages[at])
    finally:
        gc.unfreeze()
    return own, asked


class Printer:
    """Prints pages one after the other; what they share, it reads once: styles, fonts, pictures."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        # A base that is no place, so that not even a relative address leads anywhere.
        self._from: Mapping[str, Any] = {
            "base_url": "about:blank",
            "url_fetcher": URLFetcher(allowed_protocols=("data",)),
        }
        self._fonts = FontConfiguration()
        self._pictures: dict[str, Any] = {}
        self._sheets: dict[str, _Sheet] = {}

    def printed(self, page: Page) -> Printed:
        """One page as PDF. It loads nothing from anywhere; what it lacks for that is a complaint."""
        from weasyprint import HTML
        from weasyprint.css.counters import CounterStyle

        with _complaints() as said:
            if _OF_ONE_PAGE.search(page.html):
                pdf = HTML(string=page.html, **self._from).write_pdf(pdf_variant=_VARIANT)
                return Printed(pdf=pdf, complaints=tuple(dict.fromkeys(said)))
            sheets = [self._sheet(style) for style in _STYLE.findall(page.html)]
            counters = CounterStyle()
            for sheet in sheets:
                counters.update(sheet.counters)
            pdf = HTML(string=_STYLE.sub("", page.html), **self._from).write_pdf(
                pdf_variant=_VARIANT,
                font_config=self._fonts,
                counter_style=counters,
                cache=self._pictures,
                stylesheets=[sheet.parsed for sheet in sheets],
            )
        return Printed(pdf=pdf, complaints=tuple(dict.fromkeys(said)))

    def _sheet(self, style: str) -> "_Sheet":
        from weasyprint import CSS

        if style not in self._sheets:
            if len(self._sheets) >= _MOST_SHEETS:
                self._sheets.pop(next(iter(self._sheets)))
            counters: dict[str, Any] = {}
            parsed = CSS(string=style, counter_style=counters, **self._from)
            self._sheets[style] = _Sheet(parsed, counters)
        return self._sheets[style]


class _Sheet(NamedTuple):
    """A style sheet that was read, and the styles of counters that it defines."""

    parsed: Any
    counters: Mapping[str, Any]


def print_page(page: Page) -> Printed:
    """One page as PDF, in a process of its own that prints several."""
    return _printed(page)


def _printed(page: Page) -> Printed:
    printed = _printer().printed(page)
    gc.collect()
    return printed


@cache
def _printer() -> Printer:
    return Printer()


def _begin_work() -> None:
    """Let the command alone answer Ctrl+C, which ends these processes; look for garbage by page."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _printer()
    gc.disable()
    gc.freeze()


def _refuse_missing() -> None:
    try:
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise EngineFault(NO_PACKAGE) from error
    except OSError as error:
        raise EngineFault(NO_LIBRARY) from error


def _processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = " ".join(record.getMessage().split())
        self.said.append(said if len(said) <= 160 else f"{said[:160]}…")


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """The errors that WeasyPrint goes on after, such as a picture that it cannot read."""
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    logger.addHandler(listener)
    try:
        yield listener.said
    finally:
        logger.removeHandler(listener)
