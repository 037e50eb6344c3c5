"""The border of the command line: errors become messages in the user's language, and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.exceptions import Abort

from boussole.cli.app import COMPLETING, make_app
from boussole.cli.echo import echo_stderr
from boussole.cli.language import chosen_language, use_language
from boussole.cli.process import ended_as_interrupted, leave_stdout_if_gone, prepare_streams
from boussole.errors import BoussoleError, known_remedy_of, reason_of
from boussole.fuzzy import suggest
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence


USAGE = 2
INTERRUPTED = 130
HUNG_UP = 141  # what shells give for a program whose reader went away: 128 + SIGPIPE
_EXTRA = "Got unexpected extra argument(s)"
UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h: a defect of boussole


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line with `args` (those of the process by default), then exit."""
    sys.exit(run(list(sys.argv[1:] if args is None else args)))


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit code; ended from outside, it ends as after Ctrl-C, and says so."""
    with ended_as_interrupted() as ended:
        code = _run(arguments)
    leave_stdout_if_gone()
    return 128 + ended[0] if ended else code


def _run(arguments: list[str]) -> int:  # noqa: C901 - a column of what may end a run
    use_language(chosen_language(arguments, os.environ))
    prepare_streams()
    if COMPLETING in os.environ:
        from typer._completion_classes import completion_init

        from boussole.cli.completing import join_words

        completion_init()
        join_words(os.environ)
    app = make_app()
    settings = app.context_settings["obj"]
    try:
        code = int(app.main(arguments, prog_name="boussole", standalone_mode=False) or 0)
        sys.stdout.flush()
        return code  # noqa: TRY300 - a flush that fails is an error like another
    except BoussoleError as error:
        return _refused(error, error.exit_code, debug=settings.debug)
    except ClickException as error:
        return _refused(_usage(error), USAGE, debug=settings.debug)
    except (KeyboardInterrupt, EOFError, Abort):
        return INTERRUPTED
    except SystemExit as error:  # which is how Click leaves where nobody reads what is written
        if isinstance(error.__context__, BrokenPipeError):
            return HUNG_UP
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:
            return HUNG_UP
        return _refused(_of_the_system(error), USAGE, debug=settings.debug)
    except Exception as error:
        if settings.debug:
            raise
        echo_stderr(gettext("Something unexpected happened: {error}.", error=f"{type(error).__name__}: {error}"))
        echo_stderr(gettext("Run the same command with --debug and send us what it prints."))
        return UNEXPECTED


def _of_the_system(error: OSError) -> BoussoleError:
    """Return what the system refused: about a file where it names one, else about stdout, which has no name."""
    if error.filename is None:
        what = gettext("The result cannot be written: {reason}.", reason=reason_of(error))
        return BoussoleError(what, known_remedy_of(error))
    return BoussoleError(gettext("“{path}” cannot be used: {reason}.", path=error.filename, reason=reason_of(error)))


def _refused(error: BoussoleError, code: int, *, debug: bool) -> int:
    if debug:
        from traceback import print_exception

        print_exception(error)
    echo_stderr(error)
    return code


def _usage(error: ClickException) -> BoussoleError:
    """Return what Typer refused, in the user's language, with what to type instead."""
    context = error.ctx if isinstance(error, UsageError) else None
    path = context.command_path if context else "boussole"
    help_ = gettext("Type {command} --help to see what it takes.", command=path)
    if isinstance(error, NoSuchOption):
        options = [name for param in context.command.get_params(context) for name in param.opts] if context else []
        known = [name for name in options if name.startswith("--")]
        return BoussoleError(
            gettext("There is no option {option}.", option=error.option_name),
            suggest(error.option_name, known) or help_,
        )
    if isinstance(error, MissingParameter):
        name = error.param.make_metavar(context) if error.param and context else ""
        return BoussoleError(gettext("{name} is missing.", name=name), help_)
    if isinstance(error, BadParameter):
        name = "/".join(error.param.opts) if error.param else ""
        return BoussoleError(gettext("{option}: {reason}", option=name, reason=error.message), help_)
    said = error.format_message()
    if isinstance(error, BadOptionUsage):
        extra = "does not take" in said
        what = gettext("{option} takes no value.", option=error.option_name)
        return BoussoleError(what if extra else gettext("{option} needs a value.", option=error.option_name), help_)
    if said.startswith(_EXTRA):
        words = said.removeprefix(_EXTRA).strip(" ()")
        return BoussoleError(gettext("Nothing more is expected here: {words}", words=words), help_)
    return BoussoleError(gettext("The command line is not understood: {reason}", reason=said), help_)
