"""The knowledge: what an entry is, and reading the entries from YAML."""
