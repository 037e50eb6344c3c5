"""What the shipped catalogue gives first for the words that people type."""

from __future__ import annotations

import pytest

from boussole.core.definitions.search import search
from boussole.files.library import Library, shipped_folder

CATALOGUE = Library().catalogue_in(shipped_folder() / "medoc.toml")
FIRST = 3
"""Among how many first answers each of those expected stands."""

QUERIES: dict[str, tuple[str, ...]] = {
    "culture": ("culture-ruralite-dix-pistes", "culture-demarches-subventions"),
    "aquaculture": ("dlal-feampa",),
    "CRTE": ("crte", "utiliser-le-crte-dynamique-locale"),
    "crte": ("crte",),
    "PTCE": ("rtes-reperes-ptce", "avise-dossier-ptce"),
    "PTGE": ("guide-ptge",),
    "TZCLD": ("tzcld",),
    "DLA": ("dla-dispositif-local-accompagnement", "centres-ressources-dla"),
    "dispositif local d’accompagnement": ("dla-dispositif-local-accompagnement",),
    "AMAP": ("miramap-amap", "creer-une-amap"),
    "LPO": ("lpo-reseau", "refuges-lpo"),
    "GPECT": ("gpect-pqna",),
    "ODD": ("plateforme-odd17",),
    "FEADER": ("programme-leader-2023-2027",),
    "LEADER": ("programme-leader-2023-2027", "cooperation-leader"),
    "Pix": ("pix",),
    "Ifremer": ("ifremer",),
    "agence de l’eau": ("agence-eau-adour-garonne", "agence-eau-artois-picardie"),
    "gestion des eaux pluviales": ("graie-eaux-pluviales",),
    "budget participatif": ("enquete-budgets-participatifs", "guide-budget-participatif-osp"),
    "projet alimentaire": ("france-pat",),
    "projets alimentaires territoriaux": ("france-pat",),
    "subvention": ("associatheque-subvention",),
    "trame verte": ("centre-ressources-trame-verte-bleue", "mooc-trame-verte-et-bleue"),
    "fonds vert": ("fonds-vert",),
    "mécénat de compétences": ("guide-mecenat-de-competences-2021", "avise-mecenat-competences"),
    "égalité femmes-hommes": ("insee-egalite-femmes-hommes", "charte-europeenne-egalite-vie-locale"),
    "covoiturage": ("mobicoop-rezo-pouce", "observatoire-covoiturage"),
    "zero chomeur": ("tzcld",),
    "précarité énergétique": ("guide-slime", "tableau-de-bord-precarite-energetique"),
    "especes envahissantes": ("centre-ressources-especes-envahissantes",),
    "santé mentale": ("sante-mentale-dans-la-cite", "centre-national-clsm"),
    "contrat local de santé": ("guide-cls-hauts-de-france", "fabrique-territoires-sante-cls"),
    "habitat participatif": ("habitat-participatif-france",),
    "jardins partages": ("jardins-partages-jtse",),
    "fondation territoriale": ("cff-fondations-territoriales",),
    "intelligence artificielle": ("cafe-ia", "dial-ia"),
    "trait de cote": ("rnotc-trait-de-cote",),
    "mal-logement": ("etat-mal-logement",),
    "ressourcerie": ("reseau-ressourceries-recycleries", "resolution-ressourceries-aura"),
    "journalisme de solutions": ("reporters-d-espoirs", "mooc-journalisme-solutions-europe"),
    "repair cafe": ("creer-repair-cafe",),
    "isolement personnes âgées": ("monalisa",),
    "service civique": ("service-civique-accueil",),
    "violences sexistes": ("mooc-violences-sexistes-travail",),
    "village d’avenir": ("villages-davenir",),
    "mobilites rurales": ("cerema-plan-mobilite-simplifie", "guide-mobilite-durable-rural"),
    "ESS": ("labo-de-l-ess",),
    "PAT": ("france-pat",),
    "PVD": ("guide-petites-villes-de-demain",),
    "petites villes de demain": ("guide-petites-villes-de-demain",),
    "ANCT": ("anct-ingenierie", "observatoire-des-territoires"),
    "INSEE": ("insee-statistiques-locales",),
    "RSE": ("portail-rse", "norme-iso-26000"),
    "MSP": ("avecsante",),
    "logement social": ("union-sociale-habitat",),
    "habitat inclusif": ("habitat-inclusif-cnsa",),
    "illettrisme": ("anlci", "illettrisme-solutions"),
    "illectronisme": ("aidants-connect", "conseillers-numeriques"),
    "fracture numérique": ("labo-societe-numerique",),
    "zones humides": ("zones-humides-poles-relais",),
    "haies": ("pacte-haie-aide", "guichet-haie"),
    "artificialisation": ("mon-diagnostic-artificialisation",),
    "personnes agées": ("monalisa", "villes-amies-des-aines"),
    "décrochage scolaire": ("perseverance-scolaire-nouvelles-chances",),
    "concertation citoyenne": ("i-cpc",),
    "mecenat": ("admical-reseau", "avise-mecenat-competences"),
    "mesure d'impact": ("mooc-essec-impact", "associatheque-mesure-impact"),
    "precarité energetique": ("guide-slime",),
    "cantine": ("ma-cantine",),
    "déserts médicaux": ("maires-deserts-medicaux",),
    "vélo": ("reseau-velo-et-marche", "fub-barometre-velo"),
    "dechet": ("amorce", "ademe-dechets-chiffres-cles"),
    "fonds européens": ("europe-auvergne-rhone-alpes-8-questions",),
    "epicerie solidaire": ("andes-creer-epicerie-solidaire",),
}
TYPOS = {
    "energei": "energie",
    "biodiversitee": "biodiversite",
    "covoitruage": "covoiturage",
    "subvnetion": "subvention",
    "illétrisme": "illettrisme",
    "covoiturrage": "covoiturage",
    "bénévollat": "benevolat",
}


@pytest.mark.parametrize("words", QUERIES)
def test_the_first_answers_are_those_a_practitioner_expects(words: str) -> None:
    """Each expected one stands among the first, and no typo was needed."""
    findings = search(CATALOGUE, words)
    first = [one.id for one in findings.medoc[:FIRST]]
    assert set(QUERIES[words]) <= set(first), first
    assert findings.read_as == {}


@pytest.mark.parametrize("typed", TYPOS)
def test_typos_find_what_was_meant(typed: str) -> None:
    """The same MEDOC as the word itself, and it is said."""
    findings = search(CATALOGUE, typed)
    assert TYPOS[typed] in findings.read_as[typed]
    assert {one.id for one in findings.medoc} <= {one.id for one in search(CATALOGUE, TYPOS[typed]).medoc}
    assert findings.medoc


def test_an_acronym_that_nobody_has_finds_nothing() -> None:
    """It is not read as a word that looks like it."""
    assert search(CATALOGUE, "CRTZ").medoc == ()


def test_culture_is_not_aquaculture() -> None:
    """A word inside another one is no answer, where there are words that start with it."""
    found = {one.id for one in search(CATALOGUE, "culture").medoc}
    assert "galpa-bassin-de-thau" in {one.id for one in search(CATALOGUE, "aquaculture").medoc} - found
