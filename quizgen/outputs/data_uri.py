"""Pictures as they stand inside a page, which loads nothing from elsewhere."""

import base64
from pathlib import PurePosixPath

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}


def picture_type(file: str) -> str:
    """The media type of a picture that a browser can show, by its name; empty for any other file."""
    return _TYPES.get(PurePosixPath(file).suffix.lower(), "")


def data_uri(kind: str, data: bytes) -> str:
    """The bytes of a file of that media type as an address."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
