"""Beside the stages: files of other formats -> Markdown that a corpus can keep (`kb import`).

What a format cannot tell (line ends of a PDF, numbers that Word counts itself) is restored by rule and said in the notes, so
that a person checks it. Nothing is fetched, run or unpacked to disk; the sizes of what is unpacked are bounded. `files.py`
loads the readers of all formats; to know a format takes none of them.
"""

from kb.convert.formats import IMPORTABLE, format_of

__all__ = ["IMPORTABLE", "format_of"]
