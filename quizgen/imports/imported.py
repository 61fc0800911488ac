"""What an import found: a bank, its media, and what could not be said."""

from collections.abc import Iterable, Mapping, Sequence

from quizgen.model import Bank, Frozen


class Remark(Frozen, frozen=True, kw_only=True):
    """One thing that was changed or left out: of which question, and of what in it.

    `code` is one of `REMARKS`; `item` is empty where nothing of the note was kept, and `detail`
    then names it.
    """

    code: str
    item: str = ""
    detail: str = ""


class Imported(Frozen, frozen=True, kw_only=True):
    """The items of a package as a bank, and the bytes of their media by path under questions/.

    `notes` is how many the package holds, `own` how many of them came back as notes of ours.
    """

    bank: Bank
    media: Mapping[str, bytes]
    remarks: tuple[Remark, ...]
    notes: int
    own: int


REMARKS: Mapping[str, str] = {
    "unread": "Changed by hand since quizgen wrote them, so read as notes of another program",
    "other_bank": "Notes of another bank, left out",
    "known": "In the bank already, left out",
    "retired": "Retired; the deck does not say why, so write the reason",
    "near_share": "Near numbers earn part of the points; the deck does not say how much, so 1/2 was written",
    "learner_tags": "A learner's own tags, left out",
    "learner_notes": "A learner's own notes, left out",
    "too_long": "Notes longer than a question may be, left out",
    "empty": "Notes that say nothing, left out",
    "picture_answer": "Drafts, since the answer is a picture and answers are words; the files were kept",
    "sound_answer": "Drafts, since the answer is a sound and answers are words; the files were kept",
    "one_way": "Asked from the sound alone; the other way round an answer would have to play it",
    "draft": "Drafts, since there are no words to answer with",
    "no_question": "Drafts, since nothing is left that asks",
    "occlusion": "Parts of a picture were hidden, which no question can do here; it shows all of it",
    "same_picture": "The same picture with other parts hidden, left out",
    "lost_gap": "Gaps of pictures, or without words to fill in; what they hid is left out of the text",
    "lost_hint": "Hints of gaps that are no words, left out",
    "many_gaps": "Notes with more gaps than a question may have, left out",
    "nested_gap": "Gaps within gaps; the outer ones were kept",
    "joined_gaps": "Gaps that were asked for together are asked for one by one",
    "picture_alone": "Asked with a picture or a sound alone; a sentence was put with it",
    "no_alt": "Pictures without words for those who cannot see them; write what they show in alt",
    "picture_back": "Pictures on the back, which has no place for them; the files were kept",
    "more_pictures": "More pictures than one; the first was put in, the files of all were kept",
    "sound_back": "Sounds on the back, which has no place for them; the files were kept",
    "more_sounds": "More sounds than one; the first was put in, the files of all were kept",
    "missing_media": "Pictures or sounds that are not in the package",
    "unusable_media": "Files that are no picture or sound quizgen can use, left out",
    "cleaned_drawing": "Drawings that did more than draw; scripts, links and what leads out of them are gone",
    "speech": "Texts that were read aloud; they are not any more",
    "underline": "Underlined words; they are plain now",
    "colour": "Coloured or sized words; they are plain now",
    "ruby": "Readings above words; they stand beside them now",
    "script": "Cards with scripts of their own, left out",
    "unclear_key": "Options, but it is not clear which of them are right: they stand in a card",
    "no_choice": "Options that are alike, or are sounds, so that nobody could choose: they stand in a card",
    "picture_option": "Options that are pictures; they are called by numbers where they have no words",
    "same_card": "Other cards with the same options, left out",
    "label": 'Words of templates that only name what stands beside them, such as "Answer:", left out',
    "template_words": "Words of templates, left out since there are too many of them in this deck",
    "embedded": "Drawings, formulas in MathML, frames and form fields, left out",
    "unshown_fields": "Fields that no card shows, left out",
}
"""What each code says of the questions that it is told of."""

COMMENTS: Mapping[str, str] = {
    "picture_answer": "The answer is {file}: say it in words, or make it the image and ask what it shows.",
    "sound_answer": "The answer is {file}: say it in words, or make it the audio and ask what it is.",
    "picture_back": "On the back: {file}",
    "sound_back": "On the back: {file}",
    "more_pictures": "On the front, too: {file}",
    "more_sounds": "On the front, too: {file}",
}
"""What stands in a question for its author, by the code of a remark on a file that has no place."""


def comments(remarks: Iterable[Remark]) -> Mapping[str, Sequence[str]]:
    """The files that were kept but have no place in a question, by the question's id."""
    found: dict[str, list[str]] = {}
    for one in remarks:
        if one.code in COMMENTS:
            found.setdefault(one.item, []).append(COMMENTS[one.code].format(file=one.detail))
    return found
