"""Dates as other languages write them, with the names of the months in English.

Only where a date is asked for: "Mars" is a planet as well.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from quizgen.core.dates import MONTHS
from quizgen.core.normal import compatible

_NAMES = """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
januar februar marz april mai juni juli august september oktober november dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
"""
_WORD = re.compile(r"[^\W\d_]{3,}\.?")
_BESIDE = re.compile(r"\b(?:le|el|il|am|den|de|del|di|года|год|г)\b\.? ?")
_ORDINAL = re.compile(r"(?<=\d)(?:er|re|o|a|\.)(?= )")


def in_english(text: str) -> str:
    """The text with its months in English and without the small words and ordinals of a date.

    A month may be shortened to three to five letters, as long as it is no other month.
    """
    plain = _unaccented(compatible(text).lower())
    known = _months()
    english = _WORD.sub(lambda word: known.get(word[0].rstrip("."), word[0]), plain)
    return text if english == plain else _ORDINAL.sub("", _BESIDE.sub("", english)).strip()


@lru_cache(maxsize=1)
def _months() -> dict[str, str]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    names = [line.split(" ") for line in _unaccented(_NAMES).strip().split("\n")]
    for line in names:
        for number, name in enumerate(line):
            for length in range(3, 6):
                found[name[:length]].add(number)
    full = {name: number for line in names for number, name in enumerate(line)}
    one = {name: numbers.copy().pop() for name, numbers in found.items() if len(numbers) == 1}
    return {name: MONTHS[number] for name, number in (one | full).items()}


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
