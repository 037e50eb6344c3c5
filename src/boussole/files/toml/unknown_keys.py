"""What an author means by a key or a word that is not known there: another one, or one that belongs elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from typing_extensions import get_type_hints, is_typeddict

from boussole.files.toml.tables import CatalogueFile, CompassFile
from boussole.fuzzy import fold, nearest, suggest
from boussole.i18n import either, gettext

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from boussole.i18n import Message

KEYS = {
    "added": "ajoute ajoutee date",
    "after": "apres prerequis",
    "alone": "seul seule exclusif exclusive",
    "answers": "reponse reponses",
    "ask": "question texte text libelle label intitule titre title enonce demande",
    "at": "ou place position lieu",
    "avoid": "eviter sauf",
    "axes": "axis axe",
    "axis": "axe axes",
    "changed": "modifie modifiee change date",
    "checked": "verifie verifiee verification date",
    "dated": "date",
    "column": "colonne colonnes",
    "compass": "boussole",
    "decimals": "decimale decimales",
    "default": "defaut par_defaut",
    "efficacy": "efficacite",
    "example": "exemple exemples",
    "exclude": "exclure exclut ecarte ecarter",
    "excludes": "exclut exclus sans",
    "expect": "attendu attendus attend resultat",
    "expires": "expire peremption fin",
    "extends": "complete etend",
    "facet": "facette facettes dimension critere",
    "feasibility": "faisabilite",
    "first": "premier premiere",
    "for": "pour public",
    "from": "de depuis des a_partir_de",
    "generic": "generique",
    "gone": "parti partis disparu disparus",
    "help": "aide pourquoi why explication description hint precision",
    "hint": "precision indication aide help description",
    "id": "identifiant identifier ident nom name cle key code",
    "include": "inclure inclut",
    "includes": "inclut inclus contient",
    "instead": "a_la_place remplace_par",
    "intended": "voulu voulus trou trous",
    "kind": "sorte genre type categorie",
    "labels": "etiquette etiquettes echelons degres libelles niveaux",
    "language": "langue",
    "licence": "license",
    "max": "maximum maxi au_plus",
    "medoc": "outil outils ressource ressources fiche fiches",
    "min": "minimum mini au_moins",
    "minutes": "duree temps",
    "on": "le date jour",
    "options": "choix reponses answers choices modalites",
    "ordered": "ordonne ordonnee ordre",
    "pathway": "parcours",
    "place": "position lieu",
    "places": "positions",
    "points": "valeur score value note",
    "proven": "preuve preuves eprouve",
    "publisher": "editeur auteur autrice author organisme",
    "questions": "poids weights",
    "ranking": "classement",
    "renamed": "renomme renommes",
    "require": "exige exiger requis required",
    "reject": "rejeter refuser refuse",
    "required": "obligatoire requis requise require",
    "rose": "rosace rose_des_vents",
    "rule": "regle regles",
    "safety": "innocuite securite",
    "section": "groupe rubrique partie",
    "size": "taille longueur",
    "source": "lien link adresse site origine provenance",
    "stage": "etape phase",
    "steps": "palier paliers seuils etapes marches",
    "summary": "resume description presentation",
    "superseded_by": "remplace_par",
    "term": "terme",
    "terms": "terme termes valeurs options",
    "text": "texte libelle label intitule titre title nom name",
    "title": "titre nom name intitule libelle label text texte",
    "top": "premiers",
    "type": "sorte genre kind nature",
    "unit": "unite",
    "upto": "jusqu_a jusqua",
    "url": "lien link adresse site",
    "values": "valeurs",
    "weights": "poids",
    "when": "quand si if condition",
    "why": "pourquoi raison motif",
    "words": "mots mots_cles tags keywords",
    "year": "annee date",
}
"""By key, the words that stand for it, as `_plain` gives them. One may stand for several: the table says which."""

VALUES = {
    "one": "unique choix_unique une_reponse un une radio single",
    "many": "multiple choix_multiple plusieurs plusieurs_reponses qcm checkbox",
    "scale": "echelle degre likert",
    "yes-no": "oui_non oui_ou_non booleen boolean bool yes_no",
    "number": "nombre entier numerique chiffre",
    "date": "jour day",
    "text": "texte texte_libre libre string",
}

_SURE = 0.8
"""How near a key must be to be meant whatever is called so elsewhere."""
_FEW_HOMES = 2
_HEAD = ""


class Table(NamedTuple):
    """The keys that a table may have, those that it must have, and those that it has."""

    known: AbstractSet[str]
    required: AbstractSet[str]
    taken: AbstractSet[str]


class Meaning(NamedTuple):
    """The key of its table that a key stands for, where that is plain; what to do; whether it belongs at the head."""

    key: str | None = None
    remedy: Message | None = None
    at_head: bool = False


def meaning_of(key: str, table: Table, shape: Any, missing: Collection[str]) -> Meaning:  # noqa: ANN401 - a TypedDict
    """Return what is meant by a `key` that its table does not know.

    `shape` is that of the whole file, or None; `missing` holds what is missing of its head.
    """
    free = table.known - table.taken
    words = keys_meant(key, free, table.required)
    sure = words[0] if len(words) == 1 else None if words else nearest(key, free, _SURE)
    if sure is not None:
        return Meaning(sure, _did_you_mean(sure))
    if words:
        return Meaning(remedy=gettext("Write {words}.", words=either(words)))
    if there := keys_meant(key, table.known, ()) or nearest(key, table.known, _SURE):
        return _there(there if isinstance(there, str) else there[0])
    home = None if shape is None else _home_of(key, shape, missing, at_head=table.known == get_type_hints(shape).keys())
    if home is not None:
        return home
    near = nearest(key, table.known)
    if near is None:
        return Meaning(remedy=suggest(key, free))
    return _there(near) if near in table.taken else Meaning(near, _did_you_mean(near))


def _there(key: str) -> Meaning:
    return Meaning(remedy=gettext("“{key}” is there already: take this one out.", key=key))


def _home_of(key: str, shape: Any, missing: Collection[str], *, at_head: bool) -> Meaning | None:  # noqa: ANN401
    """Return where a key belongs, if not in the table where it is; `at_head`: it is in none."""
    homes = _homes(shape).get(key, ())
    if at_head and _is_of(key, CompassFile):
        return Meaning(remedy=gettext("It belongs in a compass, which is another file."))
    if at_head and _is_of(key, CatalogueFile):
        return Meaning(remedy=gettext("It belongs in the catalogue, which is another file."))
    if homes == (_HEAD,) or key in missing:
        return Meaning(remedy=gettext("Put it at the head of the file, before the tables."), at_head=True)
    if 0 < len(homes) <= _FEW_HOMES and _HEAD not in homes:
        return Meaning(remedy=gettext("It belongs in {tables}.", tables=either(homes)))
    return None


def _is_of(key: str, shape: Any) -> bool:  # noqa: ANN401 - a TypedDict
    return key in get_type_hints(shape)


def _did_you_mean(word: str) -> Message:
    return gettext("Did you mean “{word}”?", word=word)


@cache
def _homes(shape: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - a TypedDict
    """Return where each key of a file may stand: the names of its tables as they are written; "" is its head."""
    found: dict[str, tuple[str, ...]] = {}
    for key, home in _keys(shape, _HEAD):
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), home)))
    return found


def _keys(shape: Any, home: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a TypedDict
    for key, hint in get_type_hints(shape).items():
        inner = [one for one in (hint, *get_args(hint)) if is_typeddict(one)]
        if home or not inner or hint in inner:  # a list of tables has headers of its own
            yield key, home
        for table in inner:
            name = key if home else f"[{key}]" if hint is table else f"[[{key}]]"
            yield from _keys(table, name)


def keys_meant(word: str, keys: Iterable[str], required: Container[str]) -> list[str]:
    """Return which of `keys` a word may stand for: where these are several, those `required` if there are any."""
    meant = _meant(word, keys, KEYS)
    return [key for key in meant if key in required] or meant


def values_meant(word: str, values: Iterable[str]) -> list[str]:
    """Return which of `values` a word may stand for."""
    return _meant(word, values, VALUES)


def _meant(word: str, valid: Iterable[str], words: dict[str, str]) -> list[str]:
    plain = _plain(word)
    return sorted(one for one in valid if plain in words.get(one, "").split())


def _plain(word: str) -> str:
    """Return a word without accents, capitals or signs: « Mots-clés » gives `mots_cles`."""
    return re.sub(r"[\W_]+", "_", fold(word)).strip("_")
