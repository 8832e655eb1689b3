"""The parts of Whoosh that are used, loaded without what they never call."""

from __future__ import annotations

import warnings
from _md5 import md5  # type: ignore[import-not-found]

from kb.spared import spared

# Whoosh imports these, and reading an index calls none of them: together they take longer to load than a search takes. Of
# hashlib it takes md5 alone, to find terms; hashlib would load OpenSSL for it.
_UNUSED = (
    "calendar",
    "html",
    "queue",
    "random",
    "shutil",
    "tempfile",
    "urllib.parse",
    "urllib.request",
    "whoosh.analysis",
)

with warnings.catch_warnings(), spared(_UNUSED, hashlib={"md5": md5}):
    warnings.simplefilter("ignore")  # 2.7.4 compares literals with "is"
    from whoosh import fields, formats
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
    from whoosh.filedb.filestore import FileStorage
    from whoosh.reading import TermNotFound

__all__ = ["FileStorage", "TermNotFound", "W3Codec", "W3LeafMatcher", "fields", "formats"]
