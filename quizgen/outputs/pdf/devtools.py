"""A browser led through a pipe: the few words of the DevTools protocol that print a page."""

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

_PRINT: Mapping[str, object] = {
    "preferCSSPageSize": True,
    "printBackground": True,
    "displayHeaderFooter": False,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}


class BrowserGone(Exception):
    """The browser ended, refused or kept silent for too long."""


class Tab:
    """One tab of the browser, to print pages in, one after the other."""

    def __init__(self, sending: int, hearing: int, patience: float) -> None:
        self._sending, self._hearing, self._patience = sending, hearing, patience
        self._heard = b""
        self._asked = 0
        self._loaded: set[str] = set()
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        found = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session: str = found["sessionId"]
        self._ask("Page.enable")
        self._ask("Page.setLifecycleEventsEnabled", enabled=True)
        self._ask("Inspector.enable")

    def pdf_of(self, address: str) -> bytes:
        """The page at that address as PDF."""
        deadline = self._deadline()
        gone_to = self._ask("Page.navigate", url=address)
        if gone_to.get("errorText"):
            raise BrowserGone(str(gone_to["errorText"]))
        # A busy browser may say that a page is there before it answers that it went to it, and
        # of the page before only now.
        while gone_to["loaderId"] not in self._loaded:
            self._message(deadline)
        return base64.b64decode(self._ask("Page.printToPDF", **_PRINT)["data"])

    def close(self) -> None:
        """Ask the browser to end."""
        self._ask("Browser.close")

    def _deadline(self) -> float:
        return time.monotonic() + self._patience

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._asked += 1
        question: dict[str, object] = {"id": self._asked, "method": method, "params": parameters}
        if not method.startswith(("Target.", "Browser.")):
            question["sessionId"] = self._session
        try:
            os.write(self._sending, json.dumps(question).encode() + b"\0")
        except OSError as error:
            raise BrowserGone(method) from error
        deadline = self._deadline()
        while (answer := self._message(deadline)).get("id") != self._asked:
            pass
        if "result" not in answer:
            raise BrowserGone(str(answer.get("error")))
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self, deadline: float) -> dict[str, Any]:
        """The next message; each ends with a zero byte."""
        parts = [self._heard]
        while b"\0" not in parts[-1]:
            ready, _, _ = select.select(
                [self._hearing], [], [], max(0, deadline - time.monotonic())
            )
            data = os.read(self._hearing, 1 << 20) if ready else b""
            if not data:
                raise BrowserGone("its end" if ready else "silence")
            parts.append(data)
        message, _, self._heard = b"".join(parts).partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        match found:
            case {"method": "Page.lifecycleEvent", "params": {"name": "load", "loaderId": page}}:
                self._loaded.add(page)
            case {"method": "Inspector.targetCrashed"}:
                raise BrowserGone("its tab crashed")
        return found


@contextmanager
def led(command: Sequence[str], patience: float) -> Iterator[Tab]:
    """A tab of the browser that `command` starts, which ends with the block."""
    their_ear, sending = os.pipe()
    hearing, their_mouth = os.pipe()

    def hand_over() -> None:
        """Files 3 and 4 are where a browser looks for them; first out of each other's way."""
        ear, mouth = os.dup(their_ear), os.dup(their_mouth)
        os.dup2(ear, 3)
        os.dup2(mouth, 4)

    try:
        try:
            process = subprocess.Popen(  # noqa: S603  # the browser that was found
                command,
                pass_fds=(3, 4),
                preexec_fn=hand_over,  # noqa: PLW1509  # no threads here
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise BrowserGone(command[0]) from error
        finally:
            os.close(their_ear)
            os.close(their_mouth)
        try:
            tab = Tab(sending, hearing, patience)
            yield tab
            with suppress(BrowserGone):
                tab.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
        finally:
            process.kill()
            process.wait()
    finally:
        os.close(sending)
        os.close(hearing)
