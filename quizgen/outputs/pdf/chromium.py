"""Pages to PDF by an installed Chrome, Chromium or Edge: one start of the browser for all pages.

Where the system lets a program hand over open files (all but Windows), the browser is led through
a pipe of its own, which no other program can reach; on Windows it is started once for each page.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizgen.outputs.pdf.engine import EngineFault, Page, Printed

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_LINUX = ("/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge")

NO_BROWSER = (
    "No Chrome, Chromium or Edge was found. Install one;"
    " Debian: apt install chromium; Fedora: dnf install chromium;"
    " macOS: brew install --cask google-chrome; Windows: winget install Google.Chrome;"
    " or print without a browser: pip install 'quizgen[pdf]' and --pdf-engine weasyprint."
)
GAVE_UP = "gave up before it had printed all pages. Start it once by itself to see why, or print with --pdf-engine weasyprint."

PATIENCE = 120.0
"""Seconds that a browser has for its start, and for each page."""

_DAY = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")
_NODE = re.compile(rb"\(node\d{8}\)")


def find_browser() -> str:
    """The program of an installed browser: on PATH, else in its system's usual places."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    there = next((path for path in _usual_places() if path.is_file()), None)
    if there is None:
        raise EngineFault(NO_BROWSER)
    return str(there)


def _usual_places() -> Iterator[Path]:
    match sys.platform:
        case "darwin":
            for above in (Path("/"), Path.home()):
                yield from (above / "Applications" / name for name in _MAC)
        case "win32":
            for root in filter(None, map(os.environ.get, _WINDOWS_FOLDERS)):
                yield from (Path(root) / name for name in _WINDOWS)
        case _:
            yield from map(Path, _LINUX)


def press(pages: Sequence[Page]) -> Sequence[Printed]:
    """The pages as PDF, in their order: tagged, with fonts inside and bookmarks of the headings.

    Raises EngineFault where there is no browser, or it gives up or takes too long.
    """
    browser = find_browser()
    if not pages:
        return []
    # A browser that was told to end may still write into its profile for a moment.
    with tempfile.TemporaryDirectory(prefix="quizgen-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        addresses = []
        for number, page in enumerate(pages):
            path = folder / f"{number}.html"
            path.write_text(page.html, encoding="utf-8")
            addresses.append(path.as_uri())
        led = _one_by_one if sys.platform == "win32" else _through_pipe
        return [
            Printed(pdf=_settled(pdf, number))
            for number, pdf in enumerate(led(browser, folder, addresses), 1)
        ]


def _through_pipe(browser: str, folder: Path, addresses: Sequence[str]) -> list[bytes]:
    from quizgen.outputs.pdf.devtools import BrowserGone, led

    command = [browser, *_switches(folder), "--remote-debugging-pipe", "about:blank"]
    try:
        with led(command, PATIENCE) as tab:
            return [tab.pdf_of(address) for address in addresses]
    except BrowserGone as error:
        raise EngineFault(f"{browser} {GAVE_UP}") from error


def _one_by_one(browser: str, folder: Path, addresses: Sequence[str]) -> list[bytes]:
    out = folder / "page.pdf"
    switches = ("--no-pdf-header-footer", "--generate-pdf-document-outline")
    printed = []
    for address in addresses:
        out.unlink(missing_ok=True)
        try:
            subprocess.run(  # noqa: S603  # the browser, with addresses of our own
                [browser, *_switches(folder), *switches, f"--print-to-pdf={out}", address],
                check=True,
                capture_output=True,
                timeout=PATIENCE,
            )
            printed.append(out.read_bytes())
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineFault(f"{browser} {GAVE_UP}") from error
    return printed


def _switches(folder: Path) -> list[str]:
    """A browser without window and network, in a profile that goes when it is done."""
    switches = [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-extensions",
        "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}",
    ]
    # Its sandbox refuses the superuser, as whom containers run.
    is_superuser = sys.platform != "win32" and os.geteuid() == 0
    return [*switches, "--no-sandbox"] if is_superuser else switches


def _settled(pdf: bytes, number: int) -> bytes:
    """The PDF without what differs from run to run; nothing in it moves.

    The moment it was made is blanked. Cells of tables are known by numbers that the browser counts
    as it goes; they become those of their order, in a range of this page's own, so that they stay
    apart where several files become one.
    """
    known: dict[bytes, bytes] = {}

    def renamed(found: re.Match[bytes]) -> bytes:
        return known.setdefault(found[0], b"(node%08d)" % (number * 10_000 + len(known)))

    return _NODE.sub(renamed, _DAY.sub(lambda day: b" " * len(day[0]), pdf))
