"""The parts of Whoosh that are used, loaded without what they never call."""

from __future__ import annotations

import sys
import warnings
from _md5 import md5  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

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


@contextmanager
def _spared(names: Iterable[str], **instead: Mapping[str, object]) -> Iterator[None]:
    """While the block runs, importing one of the modules gives a stand-in; one that is loaded already stays as it is.

    Everything in a stand-in is a function that loads the module and calls its own, but what `instead` gives for it. So a
    module may be spared where what is taken out of it is called, and not where a class of it is inherited from.
    """
    wanted = {name: instead.get(name, {}) for name in (*names, *instead) if name not in sys.modules}
    sys.modules.update({name: _stand_in(name, given) for name, given in wanted.items()})
    try:
        yield
    finally:
        for name in wanted:
            del sys.modules[name]


def _stand_in(name: str, given: Mapping[str, object]) -> ModuleType:
    module = ModuleType(name)
    module.__dict__.update(given)
    module.__dict__["__getattr__"] = lambda attribute: _calling(name, attribute)
    return module


def _calling(name: str, attribute: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(name), attribute)(*args, **kwargs)

    return call


with warnings.catch_warnings(), _spared(_UNUSED, hashlib={"md5": md5}):
    warnings.simplefilter("ignore")  # 2.7.4 compares literals with "is"
    from whoosh import fields, formats
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
    from whoosh.filedb.filestore import FileStorage
    from whoosh.reading import TermNotFound

__all__ = ["FileStorage", "TermNotFound", "W3Codec", "W3LeafMatcher", "fields", "formats"]
