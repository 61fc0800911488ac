"""What the topmost deck says of itself: what it is, whose, which edition, and what a learner may do.

Anki shows it above the deck, as HTML, and takes that of each next edition.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from quizgen.model import Bank, Document
from quizgen.outputs.anki.notes import plain
from quizgen.outputs.anki.searches import Move, Moved, Renamed
from quizgen.outputs.anki.texts import CardWords, is_web, linked

LISTED = 100
"""How many searches a list holds, so that the deck's page stays one to read."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def description(
    bank: Bank, words: CardWords, *, retired: str, moved: Iterable[Move], has_empty: bool
) -> str:
    """The HTML; `retired` is the file of the retired questions, if there are any.

    `has_empty` where learners of earlier editions keep a card that this one leaves empty.
    """
    learners = _for_learners(bank, words, retired, moved, has_empty=has_empty)
    return "".join((*_of_bank(bank, words), *learners))


def for_one(bank: Bank, words: CardWords) -> str:
    """The HTML of a deck that holds one learner's progress, which says so before all else."""
    shared = escape(f"{bank.name}.apkg", quote=False)
    return "".join((f"<p><b>{words.say('personal', file=shared)}</b></p>", *_of_bank(bank, words)))


def _of_bank(bank: Bank, words: CardWords) -> Iterator[str]:
    yield f"<p><b>{_escaped(bank.title)}</b></p>"
    if bank.about:
        yield f"<p>{_escaped(bank.about)}</p>"
    for name, text in (("edition", bank.edition), ("licence", bank.licence)):
        if text:
            yield f"<p>{words.say(name)}: {_escaped(text)}</p>"
    if bank.documents:
        rows = "".join(f"<li>{_cited(document)}</li>" for document in bank.documents)
        yield f"<p>{words.say('sources')}:</p><ul>{rows}</ul>"
    if bank.report:
        yield f"<p>{words.say('report')} {_reported(bank.report)}</p>"


def _for_learners(
    bank: Bank, words: CardWords, retired: str, moved: Iterable[Move], *, has_empty: bool
) -> Iterator[str]:
    yield f"<p>{words.say('import_again')}</p>"
    if bank.retention is not None:
        yield f"<p>{words.say('preset', retention=words.percent(bank.retention))}</p>"
    if retired:
        yield f"<p>{words.say('retired_deck', file=escape(retired, quote=False))}</p>"
    if has_empty:
        yield f"<p>{words.say('empty_cards')}</p>"
    moves = tuple(moved)
    names = [one for one in moves if isinstance(one, Renamed)]
    if names:
        yield f"<p>{words.say('renamed', deck=escape(names[0].deck, quote=False))}</p>"
        yield _listed(names, words)
    topics = [one for one in moves if isinstance(one, Moved)]
    if topics:
        yield f"<p>{words.say('moved')}</p>"
        yield _listed(topics, words)


def _listed(moves: Sequence[Move], words: CardWords) -> str:
    """Each search and the deck for what it finds; of very many, how many more there are."""
    rows = "".join(
        f"<li><code>{escape(one.query, quote=False)}</code><br>→ {escape(one.deck, quote=False)}</li>"
        for one in moves[:LISTED]
    )
    more = len(moves) - LISTED
    rest = f"<p>{words.say('moved_more', n=words.number(more))}</p>" if more > 0 else ""
    return f"<ol>{rows}</ol>{rest}"


def _cited(document: Document) -> str:
    said = ", ".join(filter(None, (document.author, document.title, document.date)))
    return linked(_escaped(said), document.url)


def _reported(to: str) -> str:
    """An address of the web or of a person as a link; a sentence as it stands."""
    if _MAIL.fullmatch(to):
        return f'<a href="mailto:{escape(to)}">{escape(to, quote=False)}</a>'
    return linked(escape(to, quote=False) if is_web(to) else _escaped(to), to)


def _escaped(text: str) -> str:
    return escape(plain(text), quote=False)
