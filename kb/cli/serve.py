"""kb serve: the published site on this machine, rebuilt when the corpus changes."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_NOT_BUILT, EXIT_USAGE, as_of_date, fail, site_date_option, workspace

if TYPE_CHECKING:
    from kb.workspace import Workspace

_LOOPBACK = "127.0.0.1"
_POLL_SECONDS = 1.0


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8018, show_default=True, help="0 takes a free one.")
@site_date_option
@click.option("--no-watch", is_flag=True, help="Serve what is built; do not rebuild.")
@click.pass_context
def serve(ctx: click.Context, port: int, as_of: date | None, no_watch: bool) -> None:
    """Show the site in a browser, from this machine only.

    Builds first, then again whenever a file of the corpus or the notes changes; reload the page to see it. Nothing is
    reachable from outside. The site needs no server: this is for writing.

    \b
    Example:
      kb serve --as-of 2018-10-24
    """
    space = workspace(ctx)
    day = as_of_date(space, as_of)
    if not no_watch:
        _rebuild(space, day)
    if not (space.site / "index.html").is_file():
        fail(f"{space.site}: there is no built site", EXIT_NOT_BUILT, "run: kb build")
    handler = functools.partial(_Handler, directory=str(space.site))
    try:
        server = ThreadingHTTPServer((_LOOPBACK, port), handler)
    except OSError as error:
        fail(f"port {port}: {error.strerror}", EXIT_USAGE, "give another one with --port, or 0 for a free one")
    click.echo(f"http://{_LOOPBACK}:{server.server_address[1]}/")
    if not no_watch:
        threading.Thread(target=_watch, args=(space, day), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    finally:
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, never kept by the browser, and no folder listings; only for requests to this machine by name."""

    def send_head(self) -> object:  # type: ignore[override]
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
        if host not in {_LOOPBACK, "localhost"}:
            self.send_error(403, "this server answers to its own machine alone")
            return None
        return super().send_head()

    def list_directory(self, path: object) -> None:
        self.send_error(404)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of what works."""


def _watch(space: Workspace, day: date) -> None:
    """Rebuild whenever a file that is read changes."""
    before = dict(_state(space))
    while True:
        time.sleep(_POLL_SECONDS)
        now = dict(_state(space))
        if now != before:
            before = now
            _rebuild_if_possible(space, day)


def _state(space: Workspace) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Every file of the corpus and the notes with its time and size."""
    for root in (space.corpus, space.notes):
        for path in root.rglob("*"):
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            if path.is_file():
                yield path, (found.st_mtime_ns, found.st_size)


def _rebuild_if_possible(space: Workspace, day: date) -> None:
    """A build that fails is said and does not end the watch: a file may be half saved, the next change builds again."""
    from kb.cli.failures import failure_of

    try:
        _rebuild(space, day)
    except Exception as error:
        message, hint = str(error) or type(error).__name__, ""
        if found := failure_of(error):
            message, hint = found.message, found.hint
        click.echo(f"kb: not rebuilt: {message}", err=True)
        if hint:
            click.echo(f"hint: {hint}", err=True)


def _rebuild(space: Workspace, day: date) -> None:
    """Build as `kb build` does; what is wrong is said, and the last good site stays."""
    from kb.pipeline import build
    from kb.problems import render_problems

    began = time.monotonic()
    summary = build(space, day)
    if summary.problems:
        click.echo(render_problems(summary.problems), err=True)
    click.echo(f"{summary.pages_written} pages written in {time.monotonic() - began:.1f} s", err=True)
