"""A deck tried out before it is handed out: imported into the real Anki, looked at, and updated."""
