"""Finds a Chromium for the browser tests, installs one where it can, else says how.

Order: $KB_CHROMIUM, a browser on the PATH, the system's package (as root, with apt-get), Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The browser to drive, or None."""
    given = os.environ.get("KB_CHROMIUM")
    if given and Path(given).is_file():
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _run(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, env=environment).returncode == 0


def main() -> int:
    if found := find_chromium():
        print(f"browser: {found}")
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("browser: installing Debian's chromium")
        if _run("apt-get", "-q", "update") and _run(
            "apt-get", "-q", "-y", "install", "--no-install-recommends", "chromium"
        ):
            return 0
    if _run(sys.executable, "-m", "playwright", "install", "chromium"):
        return 0
    print(
        "browser: none found and none could be installed; the browser tests will fail.\n"
        "hint: install Chromium (Debian: apt-get install chromium) or set KB_CHROMIUM to its path",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
