"""A Word, HTML or PDF file -> its text as Markdown."""

from __future__ import annotations

from pathlib import Path

from kb.convert.converted import Converted, RefusedError
from kb.convert.formats import format_of
from kb.convert.html import read_html
from kb.convert.pdf import read_pdf
from kb.convert.word import read_word
from kb.problems import Problem


def convert(path: Path, shown: str) -> tuple[Converted | None, list[Problem]]:
    """The text of a file as Markdown, or None with what is wrong. `shown` is the path that problems print."""
    try:
        return _read(path), []
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or type(error).__name__}"
        return None, [Problem(shown, 0, "import", message, "check path and permissions")]
    except RefusedError as refused:
        return None, [Problem(shown, 0, "import", str(refused), refused.hint)]


def _read(path: Path) -> Converted:
    data = path.read_bytes()
    match format_of(data):
        case "Word":
            return read_word(data)
        case "HTML":
            return read_html(data)
        case "PDF":
            return read_pdf(path)
        case "":
            hint = "a plain text needs no import: name it .md; kb extract FILE reads it as it is"
            raise RefusedError("it is neither a Word, nor an HTML, nor a PDF file", hint)
        case kind:
            raise RefusedError(f"it is a file in the {kind} format", "open it in a word processor and save it as .docx")
