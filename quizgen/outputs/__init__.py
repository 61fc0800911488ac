"""One module or folder a format: a bank or a form becomes files."""
