"""Self-testing: a pure session, the progress that it saves, and the terminal it is played in."""
