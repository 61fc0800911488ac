"""What students answered on paper to scores: responses and editions in, gradebooks out; all pure."""
