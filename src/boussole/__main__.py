"""`python -m boussole`, and the `boussole` command."""

import gc
import os

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> None:
    """Run the command line.

    A command lives briefly and makes few cycles: looking for them after every 700 objects, as Python does, would cost
    it about 8 ms of its start. A long interview still collects, less often. Products of matrices are small here: more
    threads of OpenBLAS would only wait for one another, on the cores that read and write.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from boussole.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
