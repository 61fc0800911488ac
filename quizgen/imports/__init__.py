"""The way back: what other programs wrote, to items, and a report of what could not be said."""
