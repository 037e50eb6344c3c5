"""`python -m boussole`, and the `boussole` command."""

import gc

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> None:
    """Run the command line.

    A command lives briefly and makes few cycles: looking for them after every 700 objects, as Python does, would cost
    it about 8 ms of its start. A long interview still collects, less often.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from boussole.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
