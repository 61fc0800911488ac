"""Text to bank and back: strict reading with places, the compiled copy, media, ids and the schema."""

from quizgen.bank.media import load_media
from quizgen.bank.origin import Origin, locate
from quizgen.bank.reading import Reading, read_bank

__all__ = ["Origin", "Reading", "load_media", "locate", "read_bank"]
