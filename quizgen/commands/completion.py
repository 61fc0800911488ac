"""`quizgen completion`: a script that lets the shell complete commands, options, topics and quizzes.

The script knows nothing itself: at each Tab it hands over the words typed so far and is told what may
follow, by the program that will run them.
"""

import re
import shlex
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from quizgen.bank import compiled
from quizgen.commands.completing import wanted
from quizgen.commands.project import Stop, find_project
from quizgen.core.select import practice

DESCRIPTION = """\
Print a script by which your shell completes what you type: commands, options and files, and the
topics, tags, levels and quizzes of the project that you are in."""

EXAMPLES = """\
examples:
  quizgen completion bash     print the script for bash
  quizgen completion zsh      print the script for zsh
  quizgen completion fish     print the script for fish

To have it in every new terminal, once:
  echo 'eval "$(quizgen completion bash)"' >> ~/.bashrc
  echo 'eval "$(quizgen completion zsh)"' >> ~/.zshrc
  quizgen completion fish > ~/.config/fish/completions/quizgen.fish"""

BASH = r"""# Completion of quizgen for bash.
_quizgen() {
    local kind='' line current="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r line; do
            COMPREPLY+=("${line%%$'\t'*}")
        done
    } < <(printf '%s\n' "${COMP_WORDS[@]:1:COMP_CWORD}" |
        "${COMP_WORDS[0]/#\~/$HOME}" completion --candidates bash 2>/dev/null)
    [ "$current" = = ] && current=''
    case $kind in
        files) while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current") ;;
        folders) while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current") ;;
    esac
    # As names of files, so that what holds spaces is quoted.
    case "$kind ${COMPREPLY[*]}" in
        files* | folders* | *' '*' '*) compopt -o filenames 2>/dev/null ;;
    esac
    return 0
}
complete -F _quizgen quizgen
"""

ZSH = r"""#compdef quizgen
# Completion of quizgen for zsh.
_quizgen() {
    local kind='' line
    local -a found
    {
        IFS= read -r kind
        while IFS= read -r line; do
            found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        done
    } < <(printf '%s\n' "${(@)words[2,CURRENT]}" |
        ${(Q)~words[1]} completion --candidates zsh 2>/dev/null)
    case $kind in
        files) _files ;;
        folders) _files -/ ;;
        words) (( $#found )) && _describe quizgen found ;;
    esac
}
if [ "$funcstack[1]" = _quizgen ]; then
    _quizgen "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _quizgen quizgen
fi
"""

FISH = r"""# Completion of quizgen for fish.
function __quizgen
    set -l words (commandline -opc) (commandline -ct)
    set -l lines (printf '%s\n' $words[2..-1] | $words[1] completion --candidates fish 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct) ''
        case words
            printf '%s\n' $lines[2..-1]
    end
end
complete -c quizgen -f -a '(__quizgen)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
_COPY = Path("build", ".cache", "bank.msgpack")
_FLAG = re.compile(r"(-C|--project)(?:=(.*))?")


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `completion`."""
    parser.add_argument("shell", nargs="?", choices=tuple(SCRIPTS), help="the shell that you use")
    # What the script asks: the words so far on stdin, one a line, the last one in the making.
    parser.add_argument("--candidates", choices=tuple(SCRIPTS), help=SUPPRESS)


def run(args: Namespace) -> int:
    """Print the script, or what may follow; that is silent about whatever goes wrong."""
    if args.candidates is None:
        if args.shell is None:
            raise Stop(f"Name your shell: quizgen completion {'|'.join(SCRIPTS)}")
        print(SCRIPTS[args.shell], end="")
        return 0
    lines = sys.stdin.read().split("\n")[:-1]
    words = [_unquoted(line) for line in lines]
    if args.candidates == "bash":
        words = _joined(words)
    try:
        found = wanted(args.parser_for(words), words, _Bank(words).named)
    except Exception:  # noqa: BLE001 - a word that cannot be completed is no one's problem
        return 0
    rows = found.rows
    if args.candidates == "bash" and words[-1].startswith("-") and "=" in words[-1]:
        rows = tuple((word.partition("=")[2], help_) for word, help_ in rows)
    print(found.kind)
    for word, help_ in rows:
        print(f"{word}\t{help_}")
    return 0


def _unquoted(word: str) -> str:
    """A word as the shell will read it; of one in the making a quote may still be open."""
    for end in ("", '"', "'"):
        try:
            return "".join(shlex.split(word + end)[:1])
        except ValueError:
            continue
    return word.rstrip("\\")


def _joined(words: Sequence[str]) -> list[str]:
    """Bash parts `--topic=Lakes` at the sign; here it is one word again."""
    found: list[str] = []
    for word in words:
        after_sign = bool(found) and found[-1].startswith("--") and found[-1].endswith("=")
        if found and (after_sign or (word == "=" and found[-1].startswith("--"))):
            found[-1] += word
        else:
            found.append(word)
    return found


class _Bank:
    """The names in the bank of the project that the words are about, as it was when it was last
    read: its files are not looked at.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def named(self, kind: str) -> list[str]:
        """What it has of TOPIC, TAG or QUIZ, each once; nothing where it was not read yet. The CODE
        of a rule is the same for every bank.
        """
        if kind == "CODE":
            from quizgen.checks.rule import rules

            return list(rules())
        copy = compiled.last(find_project(self._folder()) / _COPY)
        if copy is None:
            return []
        items = practice(copy.bank)
        names = {
            "TOPIC": [item.topic for item in items if item.topic],
            "TAG": sorted({tag for item in items for tag in item.tags}),
            "QUIZ": [plan.id for plan in copy.bank.quizzes],
        }
        return list(dict.fromkeys(names[kind]))

    def _folder(self) -> Path | None:
        for word, after in zip(self._words, [*self._words[1:], ""], strict=True):
            found = _FLAG.fullmatch(word)
            if found:
                return Path(found[2] or after).expanduser()
        return None
