"""Pages to PDF by WeasyPrint, in several processes, since it keeps one processor busy for each."""

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from quizgen.outputs.pdf.engine import EngineFault, Page, Printed

_ALONE = 3
"""So many pages are sooner printed here than another process has started."""

_MOST = 4
"""So many processes at most: each takes some 100 MB."""

_BROWSER = "or print with a browser that is there: --pdf-engine chromium"

NO_PACKAGE = f"PDF needs WeasyPrint. Install it with: pip install 'quizgen[pdf]'; {_BROWSER}."
NO_LIBRARY = (
    "PDF needs the library Pango, which WeasyPrint does not find. Install it;"
    " Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0;"
    " Fedora: dnf install pango; macOS: brew install pango;"
    " Windows: in MSYS2 pacman -S mingw-w64-x86_64-pango, then set"
    f" WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\mingw64\\bin; {_BROWSER}."
)


def press(pages: Sequence[Page]) -> Sequence[Printed]:
    """The pages as PDF, in their order: tagged, with fonts inside and bookmarks of the headings.

    Raises EngineFault where WeasyPrint or its library is missing, or a process died.
    """
    _refuse_missing()
    workers = min(_processors(), len(pages), _MOST)
    if workers < 2 or len(pages) <= _ALONE:
        return [print_page(page) for page in pages]
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_leave_interrupts
    ) as pool:
        try:
            return list(pool.map(print_page, pages))
        except BrokenProcessPool as error:
            raise EngineFault(
                "WeasyPrint was stopped before it was done, perhaps for want of memory. Close other programs, or print fewer quizzes at once with --quiz."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def print_page(page: Page) -> Printed:
    """One page as PDF. It loads nothing from anywhere; what it lacks for that is a complaint."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with _complaints() as said:
        # A base that is no place, so that not even a relative address leads anywhere.
        html = HTML(
            string=page.html,
            base_url="about:blank",
            url_fetcher=URLFetcher(allowed_protocols=("data",)),
        )
        pdf = html.write_pdf(pdf_variant="pdf/ua-1")
    return Printed(pdf=pdf, complaints=tuple(dict.fromkeys(said)))


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


def _leave_interrupts() -> None:
    """Let the command alone answer Ctrl+C; it ends these processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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
