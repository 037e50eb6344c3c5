# What a contributor does; `just` alone lists it. Each recipe is a line or two that can be typed without just.

set shell := ["bash", "-euc"]

_default:
    @just --list --unsorted

# Make .venv with all that the work takes, and let git run the checks before each commit.
setup:
    python3 -m venv .venv
    .venv/bin/pip install -e '.[dev]'
    .venv/bin/pre-commit install

# Run the tests, or a part: just test tests/core -k tie.
test *what:
    .venv/bin/python -m pytest {{ what }}

# Hold style, types, import contracts and definitions; put the style in order first.
check:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .
    .ci/check

# All that must hold before a change lands, in a new environment.
ci:
    .ci/run

# Gather the messages of the code into the French catalogue; once the empty ones are filled, run it again.
messages:
    .venv/bin/pybabel extract --no-location --no-wrap --sort-output -o boussole.pot src
    .venv/bin/pybabel update -D boussole -i boussole.pot -d src/boussole/locale -l fr --no-fuzzy-matching --ignore-obsolete --no-wrap
    .venv/bin/pybabel compile -D boussole -d src/boussole/locale --statistics
    rm boussole.pot

# Write down the versions in .venv, after `just ci` passed with them.
constraints:
    .venv/bin/python .ci/constraints.py > constraints.txt
