"""The database's schema, step by step: one file in versions/ for each change."""
