"""Rules of what is asked: it can be read once, before the options, this year and next."""

import re
from collections.abc import Iterator
from html import unescape

from quizgen.checks.mending import mended
from quizgen.checks.texts import option_groups, question_field
from quizgen.checks.view import Tongue, View
from quizgen.markup import to_html
from quizgen.model import Card, Choice, Item, Open
from quizgen.problem import Emphasise, Problem

_NEGATIVE: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:has|have|had|is|are|needs?|contains?) no(?= [a-z])|not|except|excepting|never|cannot|can't|isn't|aren't|doesn't|don't|unlikely|incorrect(?:ly)?"
        r"|(?:the )?least(?= (?!common\b|squares\b|one\b|two\b))"
        r"|(?:is|are|be|statements?|which) (?:false|untrue|wrong(?! with)))\b"
    ),
    "de": re.compile(r"\b(?:nicht|kein(?:e[rsnm]?)?|niemals|nie|außer|falsch)\b"),
    "fr": re.compile(r"(?:\bne |\bn['’])[^?]*?\b(?:pas|jamais|aucune?)\b|\bsauf\b|\bfausses?\b"),
    "es": re.compile(r"\b(?:no|nunca|excepto|salvo|falsas?)\b"),
}
_NO_NEGATIVE: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"(?i:^(?:how|where|when)\b(?! (?:may|must|should|can) (?:you|we|one|they) not\b)|\bwhy\b|\bhow come\b|\bwhether or not\b|\bor not\b|\bso that\b)"
        r"|(?i:\b(?:if|when|because|although|though|unless)\b[^?,;]*\b(?:not|cannot|never|no|can't|isn't|aren't|doesn't|don't)\b)"
        r"|\bnot\b[^?]*\buntil\b|\bnot (?:only|before|just|merely|more than|less than|yet|to)\b|\bbut not\b|\band not\b"
        r"|\b(?:is|are|has|have|can|does|do|[a-z]{3,}s) [^?,;]*\band (?:is|are|has|have|can|does|do|did|was|were|will|may)(?: not\b|not\b|n't\b)"
        r"|\bnot-|\b(?:of|a|an|the|pleads?|found|verdict) not [a-z]"
        r"|(?i:\bat least\b|\bleast (?:common|squares)\b)"
        r"|(?i:\b(?:held|said|says|argue[sd]?|claim(?:s|ed)?|show(?:s|n|ed)?|prove[ds]?|found|ruled|states?|stated|known|believed|thought)"
        r" that\b)|,\s*_{2,}\s*\?"
        r"|\bfalse (?:friend|teeth|rib|positive|negative|alarm)|\b(?:who|that|which) (?:is|are|do|does|did|has|have) not\b.*\b(?:who|what|called)\b"
    ),
    "de": re.compile(r"(?i:\bwarum|\bwieso|\bweshalb|\bwozu)|nicht nur|\bwenn\b|\bdamit\b|\bsondern\b|nicht mehr als"),
    "fr": re.compile(r"(?i:\bpourquoi)|pas seulement|\bsi\b"),
    "es": re.compile(r"(?i:por qué)|no s[oó]lo|\bsi no\b"),
}  # fmt: skip
_EMPHASISED = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}(?!_))(?=[^\s_*])(.+?)(?<=[^\s_*])\1")
_CAPITALS = re.compile(
    r"\b(?:NOT|EXCEPT|NEVER|CANNOT|LEAST|FALSE|INCORRECT|NICHT|KEINE?|PAS|SAUF|NO)\b"
)


def unmarked_negative(view: View) -> Iterator[Problem]:
    """What is not so is asked for with an emphasised word."""
    if not isinstance(view.item, Choice):
        return
    word = _negative(view, _plain_lead(view))
    if word and not _is_a_property(view.lead, word):
        yield view.problem(
            "unmarked_negative",
            f'It asks for what is not so, and "{word}" is easily overread.',
            f"Ask for what is so, or write **{word}**.",
            mend=_emphasis(view, word),
        )


_PROPERTY = re.compile(
    r"\b(?:(?:has|have|had|needs?|contains?) (?P<no>no)|(?P<never>never)|(?P<least>least(?! (?:likely|probable|inclined))))\b"
)
_AMONG_THESE = re.compile(r"(?i)\b(?:these|those|them|following|below)\b")


def _is_a_property(lead: str, word: str) -> bool:
    """Whether the word is part of what is looked for, as of cells that have no nucleus: nothing is
    ruled out among the options, and whoever overreads it has not understood the question.
    """
    found = _PROPERTY.search(lead)
    return found is not None and found.lastgroup == word and not _AMONG_THESE.search(lead)


def _emphasis(view: View, word: str) -> Emphasise | None:
    """The one place at which the word in bold is no longer overread; None where there are several."""
    item = view.item
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", view.asked)
    mends = [Emphasise(word, one.start()) for one in found]
    quiet = [mend for mend in mends if (new := mended(item, mend)) and _is_marked(view, new, word)]
    return quiet[0] if len(quiet) == 1 else None


def _is_marked(view: View, item: Item, word: str) -> bool:
    """Whether an item differs from that of the view by a bold word alone, and none is overread."""
    new = View(item, view.language)
    bold = f"<strong>{word}</strong>"
    before, after = _page(view.asked), _page(new.asked)
    is_bold = after.count(bold) == before.count(bold) + 1
    return (
        is_bold
        and after.replace(bold, word) == before.replace(bold, word)
        and not _negative(new, _plain_lead(new))
    )


def _page(text: str) -> str:
    """The text as a browser has it, where links lead included."""
    return unescape(to_html(text, math="anki")).strip()


def negative_stem(view: View) -> Iterator[Problem]:
    """A question asks for what is so, not for what is not, however loudly."""
    if not isinstance(view.item, Choice) or _negative(view, _plain_lead(view)):
        return
    lead = _EMPHASISED.sub(r"\2", view.lead)
    if word := _negative(view, _CAPITALS.sub(lambda found: found[0].lower(), lead)):
        yield view.note(
            "negative_stem",
            f'It asks for what is not so ("{word}").',
            "Ask for what is so where you can.",
        )


def _plain_lead(view: View) -> str:
    return _EMPHASISED.sub("⟨⟩", view.lead)


def _negative(view: View, lead: str) -> str:
    """The word by which a lead-in asks for what is not so, or ""."""
    if not view.tongue or (found := _NEGATIVE[view.tongue].search(lead)) is None:
        return ""
    if _NO_NEGATIVE[view.tongue].search(lead) or _EMPHASISED.sub(r"\2", lead) != lead:
        return ""
    return found[0].split()[-1]


_TOPIC = r"(?!(?:all|both|each|every|only)\b)(?:(?!(?:that|when|if|where|who|which|after|before|from|during)\b)[^\W\d_]+[ '’-]?){1,4}"
_ABOUT = rf"(?: (?:about|regarding|concerning) {_TOPIC})?"
_UNFOCUSED: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:which|what)(?: one)?(?: of (?:the following|these|those|the))?"
        r"(?: (?:statements?|sentences?|claims?|answers?|options?|assertions?))?(?: below)?"
        rf"{_ABOUT} (?:is|are|holds?)(?: not)?(?: (?:true|false|correct|incorrect|right|wrong){_ABOUT})?"
        r"|(?:choose|select|tick|mark|pick|find) the (?:one )?(?:right|correct|best|true|false|wrong)"
        r" (?:answer|option|statement|one|sentence)"
    ),
    "de": re.compile(
        rf"(?:welche(?:r|s)?(?: der)?(?: folgenden)?(?: aussagen?(?: (?:über|zu[rm]?) {_TOPIC})?)?"
        r" (?:ist|sind|trifft|treffen) (?:richtig|falsch|wahr|zu|korrekt)|welche(?:s)? (?:aussage|antwort) stimmt|was (?:trifft zu|ist richtig|stimmt))"
        r"|kreuzen sie die richtige (?:antwort|aussage) an"
    ),
    "fr": re.compile(
        rf"(?:quelles?|laquelle)(?: de ces)?(?: affirmations?| phrases?| propositions?)?(?: suivantes?)?(?: sur {_TOPIC})?"
        r" (?:est|sont) (?:vraie|fausse|correcte|exacte|juste)s?"
    ),
    "es": re.compile(
        r"(?:cuál|qué)(?: de (?:las siguientes|estas))?(?: afirmaci[oó]n(?:es)?| frases?| opci[oó]n(?:es)?)?"
        rf"(?: sobre {_TOPIC})?"
        r" (?:es|son) (?:verdader|correct|fals|ciert)[ao]s?"
    ),
}  # fmt: skip
_SHORT = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_COMMAND = re.compile(
    r"(?:simplify|solve|name|find|calculate|translate|complete|add|factorise|factor|expand|round|"
    r"convert|differentiate|integrate|evaluate|spell|match|pick|fill)\b",
    re.IGNORECASE,
)


def unfocused_stem(view: View) -> Iterator[Problem]:
    """A stem asks something before the options are read."""
    item = view.item
    if not isinstance(item, Choice) or item.image or item.audio or item.passage or not view.tongue:
        return
    text = _EMPHASISED.sub(r"\2", view.asked).strip()
    pattern = _UNFOCUSED[view.tongue]
    if pattern.fullmatch(text.lower().strip(" .?!:¿")) or _is_a_stub(view, text):
        yield view.problem(
            "unfocused_stem",
            "Without its options nobody knows what is asked.",
            "Ask one thing in a full question, such as what, why or how.",
        )


_OPEN_VERB = re.compile(r"\b(?:is|are|was|were|ist|sind|war|waren|est|sont|es|son)[:.]?$")


def _is_a_stub(view: View, text: str) -> bool:
    if "?" in text or "_" in text or "⟨⟩" in view.unquoted or "..." in text or "…" in text:
        return False
    if _OPEN_VERB.search(text) and len(text.split()) < 6:
        return sum(map(bool, map(_ARTICLE.match, view.shown))) < max(2, len(view.shown) - 1)
    if _COMPLETED.search(text):
        return False
    if re.search(r"\d", text) or _COMMAND.match(text) or any(o.image for o in view.options):
        return False
    return 0 < len(_SHORT.findall(text)) < 4


_ARTICLE = re.compile(r"(?i)(?:an?|the|eine?|der|die|das|une?|l[ae]s?|un[ao]s?|el|los)\b|l['’]")
"""What opens definitions: a term that all options but one define alike asks what it is."""
_COMPLETED = re.compile(
    r"\w (?:\w*(?:ates|ains|[iy][sz]es|ifies|ines|ibes|ures|ects|erts|ides|uces|eans|allows|keeps|joins|splits)|refers? to"
    r"|(?:can|may|must|will|should|has to|have to) be|has|have|by|for|from|in|into|of|on|to|with|at|at about)[:.]?$"
)
"""What a term does or must be, or a word that asks for another: the options complete it."""


_STALE: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:currently|at present|at the moment|nowadays|presently|these days|right now)\b"
        r"|(?<!at )\bthe latest (?!date|time|point|moment|at)[a-z]+"
        r"|\bmost recent\b"
        r"|\b(?:the|its|his|her|their|whose) current (?!of\b|in\b|that\b|which\b|flows?\b|through\b|is\b|from\b|and\b|intensity|density|strength|ratio\b|accounts?\b|assets?\b|liabilit|divider|sources?\b|gain\b|transformer|carrying|limit)(?![a-z]*[a-hj-rtv-z]s\b(?! of\b))[a-z]{3,}",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:derzeit|gegenwärtig|zurzeit|zur Zeit|heutzutage|momentan|kürzlich|der(?:zeitige|aktuelle)[rnsm]?|aktuelle[rnsm]?)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"\b(?:actuellement|récemment|de nos jours|à l['’]heure actuelle)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:actualmente|en la actualidad|recientemente|hoy en día)\b", re.IGNORECASE),
}  # fmt: skip
_STALE_ALONE = re.compile(
    r"\b(?:recently|(?<!in )(?<!not )so far(?! (?:that|as|from|away|apart|above|below|behind|ahead|off|out|up|down|into|inland|north|south|east|west)\b)|last year|this year|(?<!up )to date)\b|\btoday\b(?!['’]s| (?:called|known|part|named))|\b(?:is|are) now the (?:most|least|[a-z]+est)\b"
    r"|^who is the (?:president|prime minister|chancellor|secretary.general) of (?:the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
_MAY_BE_STALE = re.compile(
    r"present|moment|nowadays|current|these days|right now|latest|reci?ent|derzeit|gegenw|zurzeit|zur zeit|heutzutage|kürzlich|aktuell"
    r"|actuel|récem|nos jours|l['’]heure|actual|hoy en|so far|(?:last|this) year|to date|today|now the|who is the"
)
"""Some of each of them: most texts hold none, and are not looked at by languages."""
_DATED = re.compile(r"\b1\d\d\d\b|\b20\d\d\b|\bas of\b|\bcentury\b", re.IGNORECASE)


def stale_fact(view: View) -> Iterator[Problem]:
    """What holds only now says when."""
    if not _MAY_BE_STALE.search(" ".join((view.unquoted, *view.shown)).lower()):
        return
    if not view.tongue or _DATED.search(view.asked) or view.item.claim:
        return
    texts = [(question_field(view.item), view.unquoted)]
    texts += [(f"options.{place}", text) for place, text in enumerate(view.shown)]
    for field, text in texts:
        found = _STALE[view.tongue].search(text)
        if (
            not found
            and view.tongue == "en"
            and not re.search(r"\d", text)
            and len(view.sentences) < 2
        ):
            found = _STALE_ALONE.search(text)
        if not found or _DATED.search(text) or ("__" in text and isinstance(view.item, Choice)):
            continue
        yield view.problem(
            "stale_fact",
            f'"{found[0]}" is true on the day of writing only.',
            "Say when, such as in which year, or ask for what does not change.",
            field,
        )
        return


_TABLE_OR_LIST = re.compile(r"^ *(?:\||[-*+] |\(?\w{1,3}[.)] ).*$", re.MULTILINE)


def long_stem(view: View) -> Iterator[Problem]:
    """A stem has no more than 75 words; tables, code and statements to be judged are not counted."""
    if isinstance(view.item, Open) or len(view.asked) < 300:
        return
    count = len(_TABLE_OR_LIST.sub("", view.unquoted).split())
    if count > 75:
        yield view.note(
            "long_stem",
            f"The question has {count} words.",
            "Leave out what is not needed for the answer, or make it a passage.",
        )


_BLANK = re.compile(r"_{3,}|\[ +\]|(?<=\s)(?:\.{3}|…)(?=\s)")


def blank_position(view: View) -> Iterator[Problem]:
    """The blank of a choice stands at the end, with a unit behind it at most."""
    if not isinstance(view.item, Choice):
        return
    blanks = list(_BLANK.finditer(view.unquoted))
    if not blanks:
        return
    behind = re.sub(r"[*_.?!\s\"”»]+", " ", view.unquoted[blanks[0].end() :]).split()
    if len(behind) > 1 or (behind and len(behind[0]) > 4):
        yield view.note(
            "blank_position",
            "The blank stands before the end, so the sentence must be read twice.",
            "Turn the sentence round, or make a question of it.",
        )


def missing_explanation(view: View) -> Iterator[Problem]:
    """A question that is scored says why its answer is right, as a whole or by its options."""
    item = view.item
    if item.explain or isinstance(item, Open | Card):
        return
    if any(option.why for _, options in option_groups(item) for option in options):
        return
    yield Problem(
        code="missing_explanation",
        message="Nothing says why the answer is right.",
        fix="Write explain:, a sentence or two.",
        severity="note",
        item=item.id,
    )
