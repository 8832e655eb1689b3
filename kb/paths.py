"""Finds the bundled corpus/ and site/ in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `name` ("corpus" or "site"): beside the package in a checkout, in kb/_data in a wheel.

    Raises FileNotFoundError where neither is there, which means a broken installation.
    """
    checkout = PACKAGE.parent / name
    if (PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    installed = PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    raise FileNotFoundError(f"no {name}/ beside {PACKAGE} nor in {installed.parent}: reinstall policy-kb")
