"""The names in the sentences of a text: runs of words with capitals that nothing else accounts for.

A word that starts its sentence is part of a name only where the text elsewhere writes it in
capitals within a sentence, or where more of the name follows.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quizgen.drafting.heads import COUNTRIES, ORGANISATIONS, OTHERS, PLACES

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TIMES = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday mon tue wed thu fri sat sun spring summer autumn winter bc ad ce bce pm am".split()
)
_SMALL_WORDS = frozenset(
    "the a an this that these those it its he she they we i you his her their our my your there here "
    "in on at by for from to of with without as and or but nor so yet if when while where after before "
    "since until till once because although though unless about above across against along among "
    "around behind below beneath beside between beyond during inside into near off onto out outside "
    "over past through throughout toward towards under up upon within not no only even also too very "
    "just then than now today yesterday tomorrow tonight still again already always never often "
    "sometimes soon later earlier how what which who whom whose why all any both each every either "
    "neither few many more most much some several such other another one two three four five six "
    "seven eight nine ten eleven twelve first second third last next new old see fig photo picture image "
    "source figure table note example according however nevertheless moreover furthermore therefore "
    "thus hence meanwhile instead indeed perhaps despite like unlike yes ok please dear is are was "
    "were be been has have had do does did will would can could may might must shall should let "
    "nobody everybody somebody anyone everyone nothing everything something half nearly almost".split()
)
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor president premier chancellor minister senator governor mayor "
    "judge captain colonel general major lieutenant sergeant bishop reverend rev hon chairman "
    "chairwoman director secretary ambassador spokesman spokeswoman comrade".split()
)
_DOTTED = _TITLES | frozenset(("st", "mt", "ft", "jr", "sr"))
_PARTICLES = frozenset(
    "of von van de der den del della di da du la le al bin ibn ter zu the".split()
)
_ON = frozenset(
    "convention treaty conference committee commission agreement act declaration protocol".split()
)
_NEVER_FIRST = frozenset(("of", "the", "for"))
_DEMONYMS = frozenset(
    "english british scottish welsh irish french german italian spanish portuguese dutch belgian "
    "swiss austrian danish swedish norwegian finnish polish czech hungarian romanian bulgarian greek "
    "turkish russian ukrainian american canadian mexican brazilian chinese japanese korean indian "
    "african european asian australian latin arab arabic jewish christian muslim islamic buddhist "
    "catholic protestant roman soviet israeli egyptian iranian iraqi vietnamese thai".split()
)
_PEOPLES = re.compile(r"\w{2,}(?:ian|ean|ese|ish|esque)")
"""What most words for a people or a country's things end in."""
_FIRST_NAMES = frozenset(
    "adrian brian ian julian christian damian vivian lilian fabian sebastian dorian marian gillian jillian "
    "kian killian cillian florian maximilian sean dean jean".split()
)
_REFERENCES = frozenset(
    "chapter section listing table figure page part article volume appendix exercise example step "
    "equation box note line question unit level room course module lab practical building floor class group "
    "version".split()
)
_STREETS = ("street", "road", "avenue", "lane", "square")
_SPECIES = re.compile(r"\(([A-Z][a-z]{2,} [a-z]{4,})\)")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|to|into|across|via|towards?|outside|around)\s(?:the\s)?$"
)
_PLACE_NEXT = re.compile(r"\b(?:in|at|near|outside|around)\s$")
_OPENING = frozenset(':“"‘—•')
_BOTH = frozenset("april may june august".split())
"""Months that people are named, too."""
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|during|last|next|this|early|late|mid|by|on|for|from|to|before|after|between)"
    r"|\d(?:st|nd|rd|th)?(?: of)?)[ -]$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"-?\d\w*(?:-\w*\d\w*)*")
"""What a name ends with that ends in a number: of "Vitamin B12" and "Covid-19"."""
_ROMAN = re.compile(r"[IVX]{1,5}")
_JOINS = frozenset((" ", " & ", "' ", "’ ", "-", "–"))


class Name(NamedTuple):
    """A name in a text: where it stands, and what it seems to be the name of."""

    start: int
    end: int
    text: str
    group: str


class Token(NamedTuple):
    """A word of a paragraph; `is_first` where its capital may be that of a sentence."""

    start: int
    end: int
    text: str
    is_first: bool


class Capitals:
    """What a text shows of its words: which it writes small, and which with capitals within."""

    def __init__(self, paragraphs: Iterable[list[Token]]) -> None:
        self._small: set[str] = set()
        self._within: set[str] = set()
        for tokens in paragraphs:
            for at, token in enumerate(tokens):
                if token.text[0].islower():
                    self._small.add(token.text)
                elif not token.is_first and not _leads_on(tokens, at):
                    self._within.add(_bare(token.text))

    def opens_only(self, word: str) -> bool:
        """Whether a word at the start of a sentence seems to have its capital from there."""
        folded = word.lower()
        if folded in _SMALL_WORDS or folded in self._small:
            return _bare(word) not in self._within or folded in _SMALL_WORDS
        return False

    def writes_small(self, word: str) -> bool:
        """Whether the text has the word, or more than one of it, as a common noun."""
        return word in self._small or f"{word}s" in self._small

    def is_known(self, word: str) -> bool:
        """Whether the text writes the word in capitals within a sentence."""
        return _bare(word) in self._within


def _leads_on(tokens: list[Token], at: int) -> bool:
    """Whether the word is the inner one of a longer name, which tells nothing of it by itself."""
    before, behind = tokens[at - 1 : at], tokens[at + 1 : at + 2]
    return bool(before and behind) and before[0].text[0].isupper() and behind[0].text[0].isupper()


def names(text: str, tokens: list[Token], capitals: Capitals) -> Iterator[Name]:
    """The names in a paragraph of these words."""
    at = 0
    while at < len(tokens):
        end = _run(text, tokens, at)
        if end == at:
            at += 1
            continue
        if found := _name(text, tokens[at:end], capitals):
            yield _species(text, found)
        at = end


def _species(text: str, name: Name) -> Name:
    """A name in brackets with a small word behind it is the whole name of a species."""
    found = _SPECIES.match(text, max(0, name.start - 1))
    return Name(name.start, found.end(1), found[1], "species") if found else name


def tokens_of(text: str, spans: list[tuple[int, int]]) -> list[Token]:
    """The words of a paragraph whose sentences are these."""
    starts = [start for start, _ in spans]
    found = []
    sentence = 0
    for word in _WORD.finditer(text):
        start = word.start()
        is_first = sentence < len(starts) and start >= starts[sentence]
        while sentence < len(starts) and start >= starts[sentence]:
            sentence += 1
        is_first = is_first or not _OPENING.isdisjoint(text[max(0, start - 2) : start])
        found.append(Token(start, word.end(), word[0], is_first))
    return found


def _run(text: str, tokens: list[Token], at: int) -> int:
    """Where the run of words in capitals that starts here ends; `at` where none does."""
    if not _is_capital(tokens[at]):
        return at
    end = at + 1
    while end < len(tokens):
        last, token = tokens[end - 1], tokens[end]
        gap = text[last.end : token.start]
        if token.is_first and gap != " ":
            break
        is_joined = gap in _JOINS or (gap == ". " and _takes_point(last.text))
        if not is_joined or (_is_possessive(last.text) and not _is_head(tokens, end)):
            break
        if _is_capital(token):
            end += 1
            continue
        after = _behind_particles(text, tokens, end)
        if after == end:
            break
        end = after + 1
    return end


def _behind_particles(text: str, tokens: list[Token], at: int) -> int:
    """The capital word behind one or two particles, or behind the "and" of a ministry's name."""
    end = at
    while end < len(tokens) and tokens[end].text in _PARTICLES and end - at < 2:
        end += 1
    if tokens[at].text in ("on", "for") and tokens[at - 1].text.lower() in _ON:
        end = at + 1
    if end == at and tokens[at].text == "and" and _is_head_ahead(tokens, at):
        end = at + 1
    if end == at or end >= len(tokens) or not _is_capital(tokens[end]):
        return at
    gaps = (text[tokens[n].end : tokens[n + 1].start] for n in range(at - 1, end))
    return end if all(gap == " " for gap in gaps) else at


def _is_head_ahead(tokens: list[Token], at: int) -> bool:
    """Whether what stands on both sides of "and" is one office.

    So it is in "Competition and Markets Authority" and "Ministry of Trade and Industry".
    """
    ahead = [token.text.lower() for token in tokens[at + 1 : at + 4]]
    before = [token.text.lower() for token in tokens[max(0, at - 3) : at]]
    offices = ("authority", "commission", "agency", "bureau", "council", "committee", "office")
    if any(word in offices for word in ahead[1:]):
        return True
    return before[-2:-1] == ["of"] and before[-3:-2] in (["ministry"], ["department"], ["office"])


def _name(text: str, tokens: list[Token], capitals: Capitals) -> Name | None:
    title = False
    for place in range(len(tokens) - 1, 0, -1):
        if tokens[place - 1].text.lower() in _TITLES:  # "Belarusian President Lukashenko"
            tokens, title = tokens[place:], True
            break
    while tokens:
        first = tokens[0]
        word = first.text.lower()
        if word in _TITLES:
            title = True
        elif _is_first_name(text, tokens) or not (
            word in _SMALL_WORDS
            or word in _TIMES
            or word in _NEVER_FIRST
            or (first.is_first and capitals.opens_only(first.text))
        ):
            break
        tokens = tokens[1:]
    while tokens and (tokens[-1].text.lower() in _TIMES or tokens[-1].text.islower()):
        tokens = tokens[:-1]
    if not tokens:
        return None
    if len(tokens) == 1 and not _stands_alone(tokens[0], capitals, is_title=title):
        return None
    if all(token.text.lower() in _DEMONYMS for token in tokens):
        return None
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) == 1 and _is_adjective(tokens[0].text, text[end : end + 24]):
        return None
    said = text[start:end]
    if _is_possessive(said):
        said = said[:-2]
        end -= 2
    glued = _GLUED.match(text, end)
    if glued is not None:
        end = glued.end()
        said = text[start:end]
    words = [token.text.lower() for token in tokens]
    before = text[max(0, start - 16) : start]
    if words[0] in _REFERENCES and (glued or re.match(r"\s\d", text[end : end + 2])):
        return None
    if words[-1] in _STREETS and before[-2:-1].isdigit():
        return None
    group = _group(words, before, is_title=title)
    if group == "person" and not title and (glued or capitals.writes_small(words[-1])):
        group = ""  # "Airbus A380"; "Kestrel Gorge", where gorges are spoken of
    return Name(start, end, said, group)


def _is_adjective(word: str, behind: str) -> bool:
    """Whether it is said of the noun behind it: "Eurasian otter"; "Adrian said" is not."""
    if not _PEOPLES.fullmatch(word) or word.lower() in _FIRST_NAMES:
        return False
    noun = re.match(r"[ -]([^\W\d_]+)", behind)
    return noun is not None and noun[1].islower() and noun[1] not in _SMALL_WORDS


def _is_first_name(text: str, tokens: list[Token]) -> bool:
    """Whether a month is a person's name: in "August Krogh", but not in "in May Kuyper left"."""
    if len(tokens) != 2 or tokens[0].text.lower() not in _BOTH:
        return False
    second = tokens[1].text.lower()
    is_thing = any(
        second in words
        for words in (_TIMES, ORGANISATIONS, PLACES, OTHERS, COUNTRIES, _DEMONYMS, _SMALL_WORDS)
    )
    start = tokens[0].start
    return not is_thing and _BEFORE_MONTH.search(text[max(0, start - 16) : start]) is None


def _stands_alone(token: Token, capitals: Capitals, *, is_title: bool) -> bool:
    word = _bare(token.text)
    if word.lower() in ORGANISATIONS or word.lower() in PLACES:
        return False
    if len(word) < 2 or (word.isupper() and len(word) < 4) or _ROMAN.fullmatch(word):
        return False
    if any(letter.isupper() for letter in word[1:]) and not word.isupper() and len(word) < 5:
        return False  # a formula, such as NaOH
    return not token.is_first or is_title or word.isupper() or capitals.is_known(token.text)


def _group(words: list[str], before: str, *, is_title: bool) -> str:
    """What the name seems to be of: its last word before "of" tells, or the first, or what stands
    before it; two or three words that tell nothing are a person.
    """
    inner = next((at for at, word in enumerate(words) if word in ("of", "on", "for")), len(words))
    head = words[max(0, inner - 1)]
    if head in ORGANISATIONS:
        return "organisation"
    if head in PLACES or words[0] in PLACES or " ".join(words) in COUNTRIES:
        return "place"
    if is_title or words[0] in ("sir", "lady", "lord", "king", "queen", "prince", "princess"):
        return "person"
    if len(words) == 1:
        return "place" if _PLACE_BEFORE.search(before) else ""
    if _PLACE_NEXT.search(before):
        return "place"
    is_other = head in OTHERS or inner < len(words) or {"the", "and", "&"}.intersection(words)
    is_person = len(words) < 4 and not is_other and not any("-" in word for word in words)
    return "person" if is_person else ""


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _is_head(tokens: list[Token], at: int) -> bool:
    """Whether a name goes on behind a possessive: "Saint Anne's Hospital"."""
    return tokens[at].text.lower() in ORGANISATIONS


def _is_possessive(word: str) -> bool:
    return word.endswith(("'s", "’s"))


def _bare(word: str) -> str:
    return word[:-2] if _is_possessive(word) else word


def _takes_point(word: str) -> bool:
    return len(word) == 1 or word.lower() in _DOTTED
