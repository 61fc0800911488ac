"""The pure heart: no files, clock, environment, printing or global random."""
