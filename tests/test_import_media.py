"""Drawings and sounds of a stranger: what is kept only draws, and is what its name says."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.media import PLAYED
from quizgen.imports.drawings import LARGEST, drawing
from quizgen.imports.sounds import sound_kind
from tests.anki_foreign import database, imported, package

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def svg(inner: str) -> bytes:
    return f'{HEAD}{inner}<rect width="9" height="9" fill="red"/></svg>'.encode()


def cleaned(inner: str) -> str:
    """What is left of what stands in a drawing, which is still one."""
    found = drawing(svg(inner))
    assert found is not None
    assert ET.fromstring(found.data).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
    text = found.data.decode()
    assert 'fill="red"' in text
    return text


ACTIVE = [
    "<script>alert(1)</script>",
    "<script href='https://evil.example/a.js'/>",
    "<g onload='alert(1)'/>",
    "<g OnClick='alert(1)'/>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><img src='x' onerror='alert(1)'/></body></foreignObject>",
    "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
    "<a xlink:href='javascript:alert(1)'><text>evil</text></a>",
    "<a href='https://evil.example/'><text>evil</text></a>",
    "<image href='https://evil.example/a.png'/>",
    "<image xlink:href='//evil.example/a.png'/>",
    "<image href='file:///etc/passwd'/>",
    "<image href='data:image/svg+xml;base64,PHN2Zz4='/>",
    "<use href='https://evil.example/a.svg#x'/>",
    "<use href='data:image/svg+xml,x#x'/>",
    "<animate attributeName='href' values='javascript:alert(1)'/>",
    "<set attributeName='onclick' to='alert(1)'/>",
    "<rect style='fill:url(https://evil.example/a)'/>",
    "<rect fill='url(//evil.example/a#b)'/>",
    "<rect filter='url(\"evil.svg#b\")'/>",
    "<rect style='background:\\75rl(//evil.example)'/>",
    "<style>@import 'https://evil.example/a.css';</style>",
    "<style>rect{background:url(https://evil.example/a.png)}</style>",
    "<style>rect{background:image-set('https://evil.example/a.png' 1x)}</style>",
    "<style><![CDATA[rect{background:u\\rl(https://evil.example)}]]></style>",
    "<iframe src='https://evil.example'/>",
    "<style xml:base='https://evil.example'/><script>evil</script>",
    "<?xml-stylesheet href='https://evil.example/a.css'?>",
]


@pytest.mark.parametrize("inner", ACTIVE)
def test_what_acts_or_leads_out_goes_and_is_told(inner: str) -> None:
    text = cleaned(inner)
    for bad in (
        "alert",
        "evil.example",
        "javascript",
        "passwd",
        "script",
        "<?xml-s",
        "svg+xml",
        "\\",
    ):
        assert bad not in text.replace(HEAD, "")
    found = drawing(svg(inner))
    assert found is not None
    assert found.lost


STILL = [
    "<defs><linearGradient id='g'><stop offset='1' stop-color='red'/></linearGradient></defs><rect fill='url(#g)'/>",
    "<style>.a{fill:#ff0;stroke:url(#g)}</style><path class='a' d='M0 0L1 1'/>",
    "<style><![CDATA[.a > .b{fill:red}]]></style>",
    "<image width='1' height='1' xlink:href='data:image/png;base64,iVBORw0K'/>",
    "<symbol id='s'><circle r='3'/></symbol><use xlink:href='#s'/><use href='#s'/>",
    "<text x='1' xml:space='preserve'>a &lt; b &amp; c <tspan>d</tspan></text>",
    "<title>Curly url</title><g id='curl' aria-label='a @ b'/>",
]


@pytest.mark.parametrize("inner", STILL)
def test_a_drawing_that_only_draws_keeps_its_bytes(inner: str) -> None:
    found = drawing(svg(inner))
    assert found is not None
    assert (found.data, found.lost) == (svg(inner), False)


def test_what_a_program_keeps_for_itself_goes_unsaid() -> None:
    """As Inkscape does; so do fonts, comments in styles, and a document type."""
    ours = "xmlns:i='http://www.inkscape.org/namespaces/inkscape'"
    inner = f"<metadata>x</metadata><i:grid {ours}/><g {ours} i:label='Layer' data-name='l'><path d='M0 0'/></g>"
    fonts = "<style>/* url(x) */@font-face{font-family:a;src:url(https://a.example)}.b{fill:red}</style>"
    head = b"<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/svg11.dtd'>"
    found = drawing(head + svg(inner + fonts + "<title>\xe9</title>").decode().encode("latin-1"))
    assert found is not None
    assert not found.lost
    assert (
        found.data
        == f'{HEAD}<g><path d="M0 0"></path></g><style>.b{{fill:red}}</style><title>\xe9</title><rect width="9" height="9" fill="red"></rect></svg>'.encode()
    )


LAUGHS = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
SHOWN = "".join(f"<g id='g{n}'>" + f"<use href='#g{n + 1}'/>" * 10 + "</g>" for n in range(9))
SHOWN += "<use href='#g0'/>"
NO_DRAWINGS = {
    "empty": b"",
    "text": b"<svg",
    "HTML": b"<html><svg></svg></html>",
    "no namespace": b"<svg><rect/></svg>",
    "two": svg("") + svg(""),
    "entities": LAUGHS.encode() + svg("<text>&b;</text>"),
    "an entity from elsewhere": b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + svg("<text>&x;</text>"),
    "not closed": f"{HEAD}<g>".encode(),
    "deep": svg("<g>" * 100_000 + "</g>" * 100_000),
    "too large": svg("<g/>" * (LARGEST // 4)),
    "parts that show parts": svg(SHOWN),
    "a part that shows itself": svg("<g id='a'><use href='#a'/></g>"),
    "a long chain": svg("".join(f"<g id='g{n}'><use href='#g{n + 1}'/></g>" for n in range(5_000))),
    "no encoding": b"<?xml version='1.0' encoding='nothing'?>" + svg(""),
    "wrong bytes": svg("<text>\xe9</text>").decode().encode("latin-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_DRAWINGS)
def test_what_cannot_be_made_safe_is_no_drawing(name: str) -> None:
    assert drawing(NO_DRAWINGS[name]) is None


@pytest.mark.parametrize(
    "start", ["/*", "@font-face{", "@font-face ", "@charset", "url(", "url(#a", "url( ", "\\", "*/", "@"]
)  # fmt: skip
@pytest.mark.timeout(20)
def test_no_sheet_of_styles_takes_long(start: str) -> None:
    long = start * (3_000_000 // len(start))
    assert drawing(svg(f"<style>{long}</style><rect style='{long}'/>")) is not None


PIECES = st.sampled_from(
    (*ACTIVE, *STILL, "<g>", "</g>", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&lt;script>", "url(", "\\", "/*")
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=6).map("".join))
def test_cleaning_twice_changes_nothing(inner: str) -> None:
    """What was cleaned only draws by the same rule, and keeps its bytes."""
    first = drawing(svg(inner))
    if first is not None:
        again = drawing(first.data)
        assert again is not None
        assert (again.data, again.lost) == (first.data, False)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    drawing(data)
    sound_kind(data, ".mp3")


def test_a_drawing_in_a_package_is_cleaned_and_the_remark_names_it() -> None:
    found = imported(
        package(
            database(
                '<img src="a.svg">x\x1fb', '<img src="b.svg">y\x1fb', '<img src="c.svg">z\x1fb'
            ),
            json.dumps({"0": "a.svg", "1": "b.svg", "2": "c.svg"}).encode(),
            files={"0": svg("<script>alert(1)</script>"), "1": svg(""), "2": b"<svg no drawing"},
        )
    )
    assert set(found.media) == {"media/a.svg", "media/b.svg"}
    assert b"script" not in found.media["media/a.svg"]
    assert found.media["media/b.svg"] == svg("")
    told = {(one.code, one.detail) for one in found.remarks}
    assert {("cleaned_drawing", "a.svg"), ("unusable_media", "c.svg")} <= told


# --- Sounds --------------------------------------------------------------------------------------

SOUNDS = {
    "ID3": (b"ID3\4\0\0\0\0\0\0", ".mp3"),
    "MPEG 1, layer III": (b"\xff\xfb\x90\x64", ".mp3"),
    "MPEG 2, layer III": (b"\xff\xf3\x40\xc0", ".mp3"),
    "MPEG 2.5, layer III": (b"\xff\xe3\x18\xc4", ".mp3"),
    "silence first": (b"\0" * 500 + b"\xff\xfb\x90\x64", ".mp3"),
    "Ogg": (b"OggS\0\2", ".ogg"),
    "Ogg as oga": (b"OggS\0\2", ".oga"),
    "Opus": (b"OggS\0\2" + b"\0" * 22 + b"OpusHead", ".opus"),
    "WAV": (b"RIFF\0\0\0\0WAVEfmt ", ".wav"),
    "FLAC": (b"fLaC\0\0\0\x22", ".flac"),
    "FLAC behind ID3": (b"ID3\4\0", ".flac"),
    "M4A": (b"\0\0\0\x20ftypM4A \0", ".m4a"),
    "M4A of a phone": (b"\0\0\0\x18ftypmp42\0", ".m4a"),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_known_by_its_start(name: str) -> None:
    data, ending = SOUNDS[name]
    assert sound_kind(data, ending) == ending
    assert ending in PLAYED


@pytest.mark.parametrize(
    ("data", "written", "kind"),
    [(b"OggS\0\2", ".mp3", ".ogg"), (b"ID3\4", ".wav", ".mp3"), (b"RIFF\0\0\0\0WAVE", ".mp3", ".wav"),
     (b"\0\0\0\x20ftypM4A ", ".mp3", ".m4a")],
)  # fmt: skip
def test_a_sound_under_another_name_gets_its_own(data: bytes, written: str, kind: str) -> None:
    assert sound_kind(data, written) == kind


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90\0", b"#!/bin/sh\n", b"<html>", b"\xff\xfeh\0i\0", b"\xef\xbb\xbfID3", b"\0" * 5_000, b"PK\3\4",
     b"\x1aE\xdf\xa3", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x20ftypisom", b"%PDF-1.4", b"\xff\xff\xff\xff"],
)  # fmt: skip
def test_what_is_no_sound_is_left_out(data: bytes) -> None:
    assert not sound_kind(data, ".mp3")
    found = imported(
        package(database("q[sound:a.mp3]\x1fb"), b'{"0": "a.mp3"}', files={"0": data or b"x"})
    )
    assert not found.media
    assert ("unusable_media", "a.mp3") in {(one.code, one.detail) for one in found.remarks}


def test_a_film_is_not_even_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a long one does not keep the questions from being imported."""
    monkeypatch.setattr("quizgen.imports.anki.package.MEDIUM", 10)
    found = imported(
        package(database("q[sound:a.mp4]\x1fb"), b'{"0": "a.mp4"}', files={"0": b"x" * 100})
    )
    assert ("unusable_media", "a.mp4") in {(one.code, one.detail) for one in found.remarks}
