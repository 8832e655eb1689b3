"""The command line: read options, call one function, print, exit code. Each command is imported when it is called.

Data goes to stdout, talk to stderr. Exit codes: 0 fine, 1 problems in data, 2 wrong call, 3 no such id, 4 nothing built
or not usable, 5 locked by another process; 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kb import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# name -> (module, attribute, one line for `kb --help`); the order is the order of the help
COMMANDS: dict[str, tuple[str, str, str]] = {
    "build": ("kb.cli.build", "build", "Read the corpus and write facts, database, search index and site."),
    "check": ("kb.cli.check", "check", "Check the corpus and the facts."),
    "search": ("kb.cli.search", "search", "Search provisions."),
    "mentions": ("kb.cli.search_mentions", "mentions", "Count where a term stands, or show that it stands nowhere."),
    "watch": ("kb.cli.search_watch", "watch", "Show what is new for your saved searches."),
    "show": ("kb.cli.show", "show", "Show a document, provision, item, list, body or term."),
    "due": ("kb.cli.due", "due", "List what is due as of a date."),
    "agenda": ("kb.cli.due", "agenda", "Print what is due in the next months."),
    "roadmap": ("kb.cli.due", "roadmap", "Print the whole plan period by year and area."),
    "stats": ("kb.cli.stats", "stats", "Count items by document, body, area, modality."),
    "compare": ("kb.cli.stats", "compare", "Put two documents side by side."),
    "mark": ("kb.cli.mark", "mark", "Enter what happened to an item."),
    "log": ("kb.cli.mark", "log", "Print what people entered; mend entries that lost their item."),
    "link": ("kb.cli.link", "link", "Find and confirm evidence; list gaps."),
    "review": ("kb.cli.review", "review", "Walk through uncertain items and lists, oldest rules first."),
    "correct": ("kb.cli.correct", "correct", "Accept, reject or edit an item, a list or a slot."),
    "changes": ("kb.cli.changes", "changes", "Print what changed since a snapshot or revision."),
    "export": ("kb.cli.export", "export", "Write iCalendar, Atom, CSV, JSON, SQLite, BibLaTeX, CSL or Akoma Ntoso."),
    "cite": ("kb.cli.export", "cite", "Cite a document or a place in it."),
    "site": ("kb.cli.site", "site", "Write the roadmap site."),
    "serve": ("kb.cli.serve", "serve", "Show the site in a browser, and rebuild on change."),
    "import": ("kb.cli.importing", "import_command", "Make Markdown documents of Word, HTML and PDF files."),
    "extract": ("kb.cli.extract", "extract", "Print the facts of Markdown files."),
    "times": ("kb.cli.times", "times", "Read time expressions."),
    "eval": ("kb.cli.evaluate", "evaluate_command", "Score the extraction, or compare it with other rules."),
    "doctor": ("kb.cli.doctor", "doctor", "Look at installation, build and notes."),
    "config": ("kb.cli.doctor", "config", "Print the settings and where they come from."),
    "completion": ("kb.cli.doctor", "completion", "Print the script that completes commands and ids in a shell."),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called, so that help and completion stay fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[name]
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command called; a name that is none ends the call with those that look like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            if near := get_close_matches(args[0], COMMANDS, n=2):
                raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", ctx) from None
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands that begin so, and this group's options; click would import every command for its line of help."""
        from click.shell_completion import CompletionItem

        commands = [CompletionItem(name, help=line) for name, (_, _, line) in COMMANDS.items()]
        return [c for c in commands if c.value.startswith(incomplete)] + click.Command.shell_complete(
            self, ctx, incomplete
        )

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command; an error of the person's files is a line and a hint, Ctrl-C ends with 130."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _interrupted()
        except click.Abort as error:  # of a prompt, by Ctrl-C or at the end of the input
            if isinstance(error.__context__, KeyboardInterrupt):
                _interrupted()
            raise
        except click.NoSuchOption as error:
            if any(error.option_name in option.opts for option in self.params):
                place = (
                    f"{error.option_name} goes before the command: kb {error.option_name} DIR {ctx.invoked_subcommand}"
                )
                raise click.UsageError(place, error.ctx) from None
            raise
        except Exception as error:
            from kb.cli.common import fail
            from kb.cli.failures import failure_of

            if found := failure_of(error):
                fail(*found)
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


def _interrupted() -> NoReturn:
    click.echo("\nkb: interrupted", err=True)
    sys.exit(130)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--corpus", metavar="DIR", help="Read the documents of DIR instead of the bundled ones.")
@click.option("--build", metavar="DIR", help="Keep what is derived in DIR (default: kb-build).")
@click.option("--notes", metavar="DIR", help="Keep what people enter in DIR (default: kb-notes).")
@click.version_option(__version__, prog_name="kb")
@click.pass_context
def main(ctx: click.Context, /, **given: Any) -> None:
    """Search, track and browse China's social credit documents, offline.

    \b
    Example:
      kb build
      kb search "how to get off the list"
      kb due --as-of 2018-10-24 --within 6m
    """
    ctx.obj = given
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
