"""What was renamed: answers given to older definitions find the words of these ones."""

from collections import Counter
from collections.abc import Collection, Mapping

from boussole.core.definitions.catalogue import Catalogue
from boussole.core.definitions.compass import UNKNOWN, Compass, Value
from boussole.empty import EMPTY


def current(word: str, renamed: Mapping[str, str], known: Collection[str]) -> str:
    """Return what `word` is called now: the first of `known` that its renames lead to.

    A word that is still known stays, and so does one that its renames lead nowhere: nothing is guessed.
    """
    now = word
    for _ in range(len(renamed) + 1):
        if now in known:
            return now
        if now not in renamed:
            break
        now = renamed[now]
    return word


def carried_over(compass: Compass, catalogue: Catalogue | None, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return `values`, answers by question, where questions, options and terms that were renamed have their new names.

    The renames of `catalogue` serve the questions whose options are terms of a facet. Where several answers would go
    to one question, the one that is there already stays and the others keep their old names, which nothing accepts.
    """
    places = {id_: current(id_, compass.renamed, compass.questions) for id_ in values}
    wanted = Counter(places.values())
    carried: dict[str, Value] = {}
    for id_, value in values.items():
        place = places[id_] if wanted[places[id_]] == 1 else id_
        carried[place] = _in_new_words(compass, catalogue, place, value)
    return carried


def _in_new_words(compass: Compass, catalogue: Catalogue | None, question: str, value: Value) -> Value:
    asked = compass.questions.get(question)
    if asked is None or not asked.options:
        return value
    renamed: Mapping[str, str] = EMPTY
    if asked.facet is None:
        renamed = compass.renamed
    elif catalogue is not None:
        renamed = catalogue.renamed
    if isinstance(value, str) and value != UNKNOWN:
        return current(value, renamed, asked.options)
    if isinstance(value, tuple):  # out of a file, it may hold anything: what is no word is refused later
        return tuple(current(one, renamed, asked.options) if isinstance(one, str) else one for one in value)
    return value
