"""Rules of what stem and options say together: words and grammar that point at the key."""

import re
from collections.abc import Iterator

from quizgen.checks.rules.options import is_all_or_none
from quizgen.checks.view import View
from quizgen.markup import to_text
from quizgen.model import Choice, Cloze, Entry, Gap
from quizgen.problem import Problem

_ENDS_IN_ARTICLE = re.compile(r"(?<![\w-])(?P<article>an?)\s*(?:_{2,}|\.{3}|…)?\s*[.:]?\s*$")
_OWN_ARTICLE = re.compile(r"(?:an?|the|some|any)\b", re.IGNORECASE)
_FIRST = re.compile(r"[\W_]*(\d+|[^\W\d_]+)")
_AS_CONSONANT = re.compile(
    r"(?:uni(?!n[a-z]|m)|us[eau]|ut[eio]|ura|uro|eu|ewe|one\b|once\b|ubi|uk|ufo)"
)
_SILENT_H = re.compile(r"(?:hour|hono|honest|heir)")


def article_cue(view: View) -> Iterator[Problem]:
    """A stem that ends in a or an fits all its options, by their sound."""
    if not isinstance(view.item, Choice) or view.tongue != "en":
        return
    found = _ENDS_IN_ARTICLE.search(view.asked.strip())
    if found is None or view.is_code or any(map(_OWN_ARTICLE.match, view.shown)):
        return
    sounds = [_opens_with_vowel(text) for text in view.shown]
    wanted = found["article"] == "an"
    if None not in sounds and any(sound != wanted for sound in sounds):
        yield view.problem(
            "article_cue",
            f'"{found["article"]}" does not fit all the options, and so rules some of them out.',
            "Let each option bring its own article, or ask a question.",
        )


def _opens_with_vowel(text: str) -> bool | None:
    """Whether a word is said with a vowel first; None where that is not sure."""
    found = _FIRST.match(text)
    if found is None:
        return None
    word = found[1]
    if word.isdigit():
        return word[0] == "8" or word in ("11", "18")
    if word.isupper():
        by_name = word[0] in "AEFHILMNORSX"
        is_read_by_letters = len(word) <= 3 or not re.search("[AEIOU]", word)
        return by_name if is_read_by_letters or by_name == (word[0] in "AEIO") else None
    word = word.lower()
    if _SILENT_H.match(word):
        return True
    return word[0] in "aeiou" and not _AS_CONSONANT.match(word)


_SMALL = frozenset(
    "a an the of in on at to no not yes is are it he she they all and or der die das ein eine le la les el "
    "un une una one two three true false its his her their".split()
)


def key_in_stem(view: View) -> Iterator[Problem]:
    """The stem does not say the key, unless it names what else may be chosen as well."""
    item = view.item
    keys: list[str] = []
    others: list[str] = []
    match item:
        case Choice():
            right = [n for n in view.keys if not is_all_or_none(view.options[n])]
            keys = [view.shown[n] for n in right] if len(view.keys) == 1 else []
            others = [text for n, text in enumerate(view.plain) if n not in view.keys]
        case Entry():
            is_picked = item.kind == "code" or _PICKS.search(view.asked)
            keys = [] if is_picked else [to_text(item.accept[0])]
        case Cloze():
            keys = [to_text(gap.accept[0]) for gap in item.gaps if not gap.hint]
        case _:
            return
    text = " ".join(_WORDS.findall(view.unquoted.lower()))
    if isinstance(item, Cloze):
        text = " ".join(_WORDS.findall(_beside_gaps(item)))
    if _says_code(view):
        text = " ".join(_WORDS.findall(view.asked.lower()))
    for key in keys:
        words = _WORDS.findall(key.lower())
        bare = words[1:] if words and words[0] in _SMALL and key[0].islower() else words
        phrase = " ".join(bare)
        if (
            not bare
            or not any(w[0].isalpha() for w in bare)
            or (len(bare) == 1 and len(bare[0]) < 4)
        ):
            continue
        if not _stands(phrase, text) or any(
            _stands(" ".join(_WORDS.findall(o)), text) for o in others
        ):
            continue
        if re.search(rf"\bor (?:an? |the )?{re.escape(phrase)}\b|\b{re.escape(phrase)} or\b", text):
            continue
        yield view.problem(
            "key_in_stem",
            f'The question says the answer itself, "{key[:40]}".',
            "Ask so that it is not said, or ask for something else.",
        )
        return


_WORDS = re.compile(r"\w+")
_PICKS = re.compile(r"\bof (?:these|them|those|the (?:two|three|four))\b", re.IGNORECASE)


def _says_code(view: View) -> bool:
    """Whether the key is a command of several words, and the question alone says it as code."""
    said = [bool(_COMMAND.fullmatch(o.text)) and o.text in view.asked for o in view.options]
    return sum(said) == 1 and said.index(True) in view.keys


_COMMAND = re.compile(r"`[a-z][\w-]* [^`]+`")


def _stands(phrase: str, text: str) -> bool:
    return bool(phrase) and f" {phrase} " in f" {text} "


def _beside_gaps(item: Cloze) -> str:
    left = " | ".join(part for part in item.parts if not isinstance(part, Gap))
    return re.sub(r"`[^`]*`|\$[^$]*\$|\"[^\"]*\"", " ", f"{item.stem} {left}").lower()


_TELLING = re.compile(r"[^\W\d_]{5,}")
_COMMON = frozenset(
    "which where there their these those other about would could should after before under between does "
    "most than called person people thing things often first welche welcher welches heißt nennt werden".split()
)


def clang(view: View) -> Iterator[Problem]:
    """No telling word of the stem comes back in the key and in no other option."""
    if not isinstance(view.item, Choice) or len(view.keys) != 1 or not view.tongue or view.is_code:
        return
    key = view.keys[0]
    asked = {w for w in _TELLING.findall(view.unquoted.lower()) if w not in _COMMON}
    others = " ".join(text for n, text in enumerate(view.plain) if n != key)
    for word in _TELLING.findall(view.plain[key]):
        shared = next((one for one in asked if _akin(one, word)), "")
        if shared and shared[:5] not in others and view.plain[key] not in view.asked.lower():
            yield view.note(
                "clang",
                f'"{word}" in the right option echoes "{shared}" in the question.',
                "Say it in another word, or let a distractor echo it as well.",
                f"options.{key}",
            )
            return


def _akin(one: str, other: str) -> bool:
    root = min(len(one), len(other), 6)
    return one[:root] == other[:root] if root > 5 else one == other or _ends_in(one, other)


def _ends_in(one: str, other: str) -> bool:
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return long.startswith(short)


_PLURAL_VERB = re.compile(r"\b(?:are|were|sind|waren|sont)(?: the| die| les)?\s*(?:_{2,})?[:.]?\s*$|^which (?P<plural>\w+s) (?:form|make|are|were)\b", re.IGNORECASE)  # fmt: skip
_SINGULAR_VERB = re.compile(
    r"\b(?:is|was|ist|war|est)(?: the| a| an)?\s*(?:_{2,})?[:.]?\s*$", re.IGNORECASE
)
_GROUP = re.compile(r"\b(?:police|people|clergy|cattle|staff|team|family|government)\b|ics$|news$")
_JOINED = re.compile(r" (?:and|und|et) |, ")


def number_cue(view: View) -> Iterator[Problem]:
    """Singular or plural in the stem fits more options than the key."""
    if not isinstance(view.item, Choice) or len(view.keys) != 1 or not view.tongue:
        return
    is_plural = bool(_PLURAL_VERB.search(view.asked.strip()))
    if not is_plural and not _SINGULAR_VERB.search(view.asked.strip()):
        return
    if any(_GROUP.search(text) for text in view.plain) or (not is_plural and view.tongue != "en"):
        return
    fits = [_is_plural(text, view.tongue) == is_plural for text in view.shown]
    if fits[view.keys[0]] and sum(fits) == 1 and len(fits) > 2:
        yield view.note(
            "number_cue",
            "By singular and plural the question fits the right option alone.",
            "Write all options in one number, or ask so that both fit.",
        )


def _is_plural(text: str, tongue: str) -> bool:
    if _JOINED.search(text):
        return True
    ends = ("s", "en", "e", "er") if tongue == "de" else ("s",)
    last = text.strip(" .").split()[-1] if text.strip(" .") else ""
    singular = last.endswith(("ss", "us", "is")) or bool(
        re.match(r"(?:an?|ein|eine|un|une|el|l['’])\b", text)
    )
    return last.lower().endswith(ends) and not singular
