"""The rules, a function each, named as the problem that it reports; `rules.toml` says what each is for."""
