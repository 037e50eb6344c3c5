"""Words that people write for a key of ours, or for one of its values, in French and in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boussole.fuzzy import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

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
