"""In which format a file is, judged by what it holds, not by its name."""

from __future__ import annotations

IMPORTABLE = frozenset({"Word", "HTML", "PDF"})
_HEAD = 1024  # bytes looked at
_SIGNS = {b"%pdf-": "PDF", b"pk\x03\x04": "Word", b"\xd0\xcf\x11\xe0": "old Word", b"{\\rtf": "rich text"}
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")


def format_of(data: bytes) -> str:
    """The format of a file opening with `data`: "Word", "PDF", "HTML", "old Word", "rich text", or "" for another."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for sign, name in _SIGNS.items():
        if head.startswith(sign):
            return name
    is_page = head.startswith(_PAGE) or (head[:1] == b"<" and b"<html" in head)
    return "HTML" if is_page else ""
