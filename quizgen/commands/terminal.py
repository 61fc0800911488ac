"""The real terminal to a Screen: what it can show, its line editor, and its signals."""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from quizgen.commands.report import has_colour
from quizgen.study.console import Console, Editor, Screen


def screen_for(args: Namespace) -> Screen:
    """Signs and places where a person looks on, plain sentences for all else.

    With `--json` the session stands on stderr, so that stdout holds the result alone.
    """
    output = sys.stderr if args.json else sys.stdout
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    if args.plain or not output.isatty() or os.environ.get("TERM") == "dumb":
        from quizgen.study.plain import Plain

        return Plain(Console(sys.stdin, output))
    import shutil

    from quizgen.study.styled import Styled

    def columns() -> int:
        return shutil.get_terminal_size((80, 24)).columns

    console = Console(sys.stdin, output, editor=_editor(output))
    return Styled(console, columns=columns, has_colour=has_colour(output))


def _editor(output: TextIO) -> Editor | None:
    """The editor of `input`, where Python has one: without it, arrow keys type signs of their own."""
    if sys.stdin is None or not sys.stdin.isatty() or output is not sys.stdout:
        return None
    try:
        import readline
    except ImportError:
        return None
    readline.set_auto_history(False)  # What was answered before is no help now.
    readline.parse_and_bind("set enable-bracketed-paste off")
    readline.parse_and_bind("set enable-meta-key off")
    return Editor(read=input, so_far=readline.get_line_buffer)


@contextmanager
def signals(screen: Screen) -> Iterator[list[int]]:
    """A request to end, or a closed window, breaks the session off as Ctrl-C does; the numbers of
    such signals are collected. Who comes back after Ctrl-Z is shown again what was asked.
    """
    caught: list[int] = []

    def stop(number: int, _: object) -> None:
        caught.append(number)
        raise KeyboardInterrupt

    def come_back(_: int, __: object) -> None:
        if screen.console.is_waiting:
            screen.again()

    known = {"SIGTERM": stop, "SIGHUP": stop, "SIGCONT": come_back}
    if screen.console.has_editor:
        known["SIGTSTP"] = _stand_still
    known = {name: handler for name, handler in known.items() if hasattr(signal, name)}
    before = {
        name: signal.signal(getattr(signal, name), handler) for name, handler in known.items()
    }
    try:
        yield caught
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _stand_still(number: int, _: object) -> None:
    """Stop as Ctrl-Z asks, and then have the terminal as the line editor had it: a shell gives
    it back as it was before the editor took hold.
    """
    import termios

    before = termios.tcgetattr(sys.stdin)
    ours = signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    signal.signal(number, ours)
    termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
