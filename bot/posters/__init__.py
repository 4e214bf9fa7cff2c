"""Printable posters with a QR code: what stands on one, where, and its two files."""
