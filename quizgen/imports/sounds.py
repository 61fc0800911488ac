"""What kind of sound a file is, by its first bytes.

https://mimesniff.spec.whatwg.org/#audio-or-video-type-pattern-matching-algorithm
"""

import re

_HEAD = 4_096
_OGG = (".ogg", ".oga", ".opus")
_STARTS = (
    (re.compile(rb"RIFF....WAVE|RF64....WAVE", re.DOTALL), (".wav",)),
    (re.compile(rb"fLaC"), (".flac",)),
    (re.compile(rb"OggS"), _OGG),
    (re.compile(rb"....ftyp(?:M4A |M4B )", re.DOTALL), (".m4a",)),
    (re.compile(rb"ID3"), (".mp3", ".flac")),
    # Silence before the first frame, then one of layer III or II, whose rate is no reserved one.
    (re.compile(rb"\0*\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd][\x00-\xef]"), (".mp3",)),
)
_BOX = re.compile(rb"....ftyp", re.DOTALL)
"""What may hold films as well as sounds: the file's own name is believed."""


def sound_kind(data: bytes, written: str) -> str:
    """The ending of the sounds that start so; empty where no kind is known by this start.

    `written` is the ending that the file has, in small letters: it stays where several are right.
    """
    head = data[:_HEAD]
    if written == ".m4a" and _BOX.match(head):
        return written
    right = next((endings for start, endings in _STARTS if start.match(head)), ("",))
    return written if written in right else right[0]
