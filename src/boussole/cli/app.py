"""The command line itself: which commands there are, and the options all of them take.

A command's module is imported when it is called, and only then: `--version`, `--help` and completion load none.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer._click.core import ParameterSource
from typer._click.globals import get_current_context
from typer.core import TyperCommand, TyperGroup, TyperOption

from boussole import __version__
from boussole.cli.language import SpokenHelp, current_language, placeholder, speak
from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import LANGUAGES, Listing, Message, either, gettext

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer._click.shell_completion import CompletionItem

COMMANDS: dict[str, Message] = {
    "ask": gettext("Answer a compass at the terminal and see the result"),
    "recommend": gettext("Give the same result without asking anything"),
    "batch": gettext("Give a recommendation for every row of a table"),
    "group": gettext("Tell what the answers of a group have in common, what divides it, what goes unheard"),
    "workshop": gettext("Let a room answer on phones, and show the result on the big screen, without internet"),
    "why": gettext("Tell why a MEDOC stands where it stands, and what would change it"),
    "compare": gettext("Tell what moved between two results, and which answer or definition did it"),
    "list": gettext("List the compasses that can be used"),
    "medoc": gettext("Search the catalogue, or show one MEDOC whole"),
    "check": gettext("Find the problems of definition files"),
    "new": gettext("Write a commented file to start a compass or a catalogue from"),
    "coverage": gettext("Show what every possible situation gets, and what is missing"),
    "schema": gettext("Print the JSON Schema of a kind of file, for editors"),
    "impact": gettext("Tell what a change of definitions does to people who already answered"),
    "forget": gettext("Delete what unfinished interviews left on this machine"),
}
"""Each command and its line of help; `boussole.cli.<name>` has its function `run`."""

EXAMPLES: dict[str, Message] = {
    "ask": gettext("boussole ask agir-ensemble --name table-3"),
    "recommend": gettext("boussole recommend agir-ensemble --set domain=eau -o path.html"),
    "batch": gettext("boussole batch agir-ensemble people.csv -o results.xlsx"),
    "group": gettext("boussole group agir-ensemble answers/ -o report.html"),
    "workshop": gettext("boussole workshop agir-ensemble --name town-hall"),
    "why": gettext("boussole why agir-ensemble vigicrues --set domain=eau"),
    "compare": gettext("boussole compare before.toml after.toml"),
    "list": gettext("boussole list agir-ensemble"),
    "medoc": gettext("boussole medoc --search eau"),
    "check": gettext("boussole check compasses/mine.toml"),
    "new": gettext("boussole new compass mine"),
    "coverage": gettext("boussole coverage agir-ensemble -o coverage.html"),
    "schema": gettext("boussole schema compass --catalogue medoc.toml -o compass.json"),
    "impact": gettext("boussole impact before/ after/ --answers answers/"),
    "forget": gettext("boussole forget"),
}
"""A line to type for each command, at the end of its help."""

DEFAULT_COMMAND = "ask"
COMPLETING = "_BOUSSOLE_COMPLETE"
"""The variable by which the shell asks what may come next."""
_ASK_OPTIONS = {"--plain", "--resume", "--example"}


class Settings:
    """The options that every command takes, before or after its name."""

    def __init__(self, language: str) -> None:
        """Start from the defaults, in the language of this run."""
        self.language = language
        self.catalogue: Path | None = None
        self.compasses: Path | None = None
        self.debug = False
        self.typed: set[str] = set()

    def refuse(self, *names: str, command: str) -> None:
        """Refuse those of `catalogue` and `compasses` that were typed where they would say nothing.

        What the environment says is for every command, and is passed over.
        """
        for name in (name for name in names if name in self.typed):
            what = gettext("{option} does not go with “{command}”.", option=f"--{name}", command=command)
            raise BoussoleError(what)


class _Command(SpokenHelp, TyperCommand):
    """A command with localised usage."""


class Group(SpokenHelp, TyperGroup):
    """The list of commands, each loaded when it is called."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the command line; `boussole --plain` means `boussole ask --plain`."""
        for option in ("--show-completion", "--install-completion"):
            if option in args:
                from boussole.cli.completing import script

                typer.echo(script(args[args.index(option) + 1 :], install=option == "--install-completion"))
                raise typer.Exit
        first = next((place for place, word in enumerate(args) if word in COMMANDS or word in _ASK_OPTIONS), len(args))
        if first < len(args) and args[first] in _ASK_OPTIONS:
            args = [*args[:first], DEFAULT_COMMAND, *args[first:]]
        return super().parse_args(ctx, args)

    def list_commands(self, _ctx: Context) -> list[str]:
        """Return the names, in the order of the help."""
        return list(COMMANDS)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command, without loading any, or an option."""
        from typer._click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=speak(help_)) for name, help_ in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*names, *TyperCommand.shell_complete(self, ctx, incomplete)]

    def get_command(self, _ctx: Context, cmd_name: str) -> Command | None:
        """Load one command."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command of `args`, or name the nearest one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise BoussoleError(
                gettext("There is no command “{name}”.", name=name), suggest(name, COMMANDS) or Listing(list(COMMANDS))
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: Context, formatter: HelpFormatter) -> None:
        """List the commands without loading any of them."""
        with formatter.section(speak(gettext("Commands"))):
            formatter.write_dl([(name, speak(help_)) for name, help_ in COMMANDS.items()])


def load_command(name: str) -> Command:
    """Return the command `name`, with its help in the user's language."""
    module = import_module(f"boussole.cli.commands.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {"help_option_names": ["--help", "-h"]}
    heading = speak(gettext("Example:"))
    app.command(
        name,
        cls=_Command,
        help=speak(COMMANDS[name]),
        epilog=f"\b\n{heading}\n  {speak(EXAMPLES[name])}",  # after \b, lines stay as they are
        options_metavar="[OPTIONS]",
        context_settings=settings,
    )(module.run)
    command = typer.main.get_command(app)
    for param in command.params:
        help_ = getattr(param, "help", None)
        if help_:
            vars(param)["help"] = speak(Message(help_))
        metavar = getattr(param, "metavar", None)
        if metavar:
            vars(param)["metavar"] = placeholder(metavar)
        if COMPLETING in os.environ:
            from boussole.cli.completing import complete_with

            vars(param)["_custom_shell_complete"] = complete_with(str(param.name))
    command.params.extend(common_options())
    return command


def common_options() -> list[Parameter]:
    """Return the options that every command takes; they go to the `Settings` of the run."""
    shared: dict[str, Any] = {"expose_value": False, "is_eager": True}
    return [
        TyperOption(
            param_decls=["--lang"],
            metavar="|".join(LANGUAGES),
            help=speak(gettext("Language of what is shown")),
            callback=_check_language,
            **shared,
        ),
        TyperOption(
            param_decls=["--catalogue"],
            metavar=placeholder("FILE"),
            envvar="BOUSSOLE_CATALOGUE",
            help=speak(gettext("Catalogue to use")),
            callback=_note_path("catalogue"),
            **shared,
        ),
        TyperOption(
            param_decls=["--compasses"],
            metavar=placeholder("DIR"),
            envvar="BOUSSOLE_COMPASSES",
            help=speak(gettext("Folder of compasses to look in first")),
            callback=_note_path("compasses"),
            **shared,
        ),
        TyperOption(
            param_decls=["--debug"],
            is_flag=True,
            help=speak(gettext("Show the traceback of an error")),
            callback=_note_debug,
            **shared,
        ),
    ]


def _note_path(name: str) -> Any:  # noqa: ANN401 - a click callback
    def callback(ctx: Context, param: Parameter, value: str | None) -> None:
        settings = ctx.find_root().obj
        typed = ctx.get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE
        if value and typed:
            settings.typed.add(name)
        if value and (typed or getattr(settings, name) is None):  # an option before the command beats the environment
            setattr(settings, name, Path(value))

    return callback


def _note_debug(ctx: Context, _param: Parameter, value: bool) -> None:  # noqa: FBT001 - a click callback
    if value:
        ctx.find_root().obj.debug = True


def _check_language(_ctx: Context, _param: Parameter, value: str | None) -> None:
    """Refuse a language that boussole does not speak; which one to speak was found before anything was said."""
    if value is not None and value not in LANGUAGES:
        raise BoussoleError(
            gettext("{option}: “{value}” is not accepted.", option="--lang", value=value),
            gettext("Write {words}.", words=either(LANGUAGES)),
        )


def _show_version(ctx: Context, _param: Parameter, value: bool) -> None:  # noqa: FBT001 - a click callback
    if value and not ctx.resilient_parsing:
        typer.echo(f"boussole {__version__}")
        raise typer.Exit


def _completion_options() -> list[Parameter]:
    """Return the options of completion, for the help: `Group.parse_args` sees to them."""
    install = speak(gettext("Have the shell complete commands, options and ids"))
    show = speak(gettext("Show the script that does so"))
    return [
        TyperOption(param_decls=["--install-completion"], is_flag=True, expose_value=False, help=install),
        TyperOption(param_decls=["--show-completion"], is_flag=True, expose_value=False, help=show),
    ]


def make_app() -> Group:
    """Return the command line, in the language of this run."""
    version = TyperOption(
        param_decls=["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help=speak(gettext("Show the version")),
        callback=_show_version,
    )
    group = Group(
        name="boussole",
        invoke_without_command=True,
        help=speak(gettext("A compass: a few questions, then the list of what would help you, and your path.")),
        params=[*common_options(), version, *_completion_options()],
        rich_markup_mode=None,
        subcommand_metavar=speak(gettext("COMMAND [ARGUMENTS]…")),
        context_settings={"obj": Settings(current_language()), "help_option_names": ["--help", "-h"]},
    )

    def ask_by_default() -> None:
        context = get_current_context()
        if context.invoked_subcommand is None:
            command = load_command(DEFAULT_COMMAND)
            with command.make_context(DEFAULT_COMMAND, [], parent=context) as own:
                command.invoke(own)

    group.callback = ask_by_default
    return group
