"""`python -m boussole`, and the `boussole` command."""

from boussole.cli.border import main

if __name__ == "__main__":
    main()
