"""Libraries that come with an extra of boussole: the line that installs them where they are missing."""

from importlib.util import find_spec

from boussole.errors import BoussoleError
from boussole.messages import message


def need(extra: str, form: str, *modules: str) -> None:
    """Refuse to go on without the libraries that `form` (“PDF”) takes.

    Raises:
        BoussoleError: with the line that installs them.

    """
    missing = next((name for name in modules if find_spec(name) is None), None)
    if missing is not None:
        raise BoussoleError(
            message("{form} needs “{name}”, which is not installed.", form=form, name=missing),
            message("Run {command}.", command=f"pip install 'boussole[{extra}]'"),
        )
