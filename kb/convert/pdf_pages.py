"""Run as a process: the text of each page of a PDF, as one JSON list on standard output.

    python -m kb.convert.pdf_pages FILE PAGES SECONDS

Its memory and processor time are bounded where the system can bound them. Ends with exit code 1 and a line of reason.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_MEMORY = 2 * 2**30


def _bound(seconds: int) -> None:
    try:
        resource = import_module("resource")
    except ImportError:  # no such thing on Windows; the time limit of the caller holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main(file: str, most_pages: int, seconds: int) -> None:
    """Print the pages; raises SystemExit with the reason."""
    _bound(seconds)
    try:
        reader = PdfReader(file)
        if len(reader.pages) > most_pages:
            sys.exit(f"it has {len(reader.pages):,} pages; at most {most_pages:,} are read")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, MemoryError, RecursionError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}".replace("\n", " "))
    sys.stdout.write(json.dumps(pages))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
