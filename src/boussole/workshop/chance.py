"""What is drawn by chance, from the system's own: codes to type, tokens of phones, three words to come back by."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants alone: no word is made by accident."""
_CODE_LETTERS = 4
_WORDS = """
abeille abricot agneau aigle ami amande ananas ancre arbre arc argile aube avion avoine balai ballon banane
banc barque bateau berger bison blanc bleu bocal bois bonnet botte bouchon bougie brebis brise bronze brume
bulle cabane cactus cadran cahier caillou canal canard canot carafe carotte carte cascade castor cave cerf
cerise chaise chalet chat chemin cheval cigale citron clairon clef cloche clou colline comète coq corail
corbeau corde coton couleur cousin craie crayon cube cuivre cygne dame datte dauphin digue domino dragon drap
dune eau écho éclair école écume écureuil encre érable escalier étang étoile faisan falaise farine faucon
fenêtre ferme fête feuille figue fil flamme fleur fleuve flocon flûte foin forêt fougère fourmi fraise frelon
fusée galet gant garage gazelle genou girafe givre glace gland gomme gorge goutte graine grange granit grenier
grillon grotte grue guitare haie hamac harpe herbe héron hibou hiver horloge huile huître île image iris jade
jardin jasmin jaune jeton jonc jour jument jupe kayak kiwi koala lac laine lampe lapin laurier lavande lettre
lézard lièvre lilas lime lin lion loupe loutre lune lutin maïs maison malle mangue marbre marché marée marin
marmotte mars mélèze melon menthe mer merle miel mine moineau moulin mousse mouton mur mûre muse navire neige
nid noix nuage oasis océan olive ombre onde orage orange orge orme orteil ortie outil ours paille pain palme
panda panier papier parc parfum pêche perle phare piano pierre pigeon pin plage plaine plume poire pomme pont
port prairie prune puits quai radeau radis raisin rame reine renard rivière riz robe roche rose roseau rouge
ruban ruche sable safran sapin saule savon seigle sel sirop soie soleil source souris sucre table tambour
tapis terre thym tigre tilleul timbre toit tomate torrent tour trèfle tulipe vague vallée velours vent verger
verre vigne village violon voile zèbre
""".split()  # noqa: SIM905 - one string a line would take three hundred
_BYTES = 16


def new_code() -> str:
    """Return four letters: 160,000 codes."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LETTERS))


def new_token() -> str:
    """Return 128 bits for a cookie or an address."""
    return secrets.token_urlsafe(_BYTES)


def new_id() -> str:
    """Return a random id for what is exported: it says nothing of whose it is."""
    return secrets.token_hex(_BYTES)


def is_id(text: str) -> bool:
    """Tell whether a text is an id of that form."""
    return len(text) == 2 * _BYTES and set(text) <= set("0123456789abcdef")


def new_words() -> str:
    """Return three words, easy to say and to type: 27 million of them."""
    return " ".join(secrets.choice(_WORDS) for _ in range(3))


def known_words(typed: str) -> str:
    """Return three words as they are compared, whatever capitals, accents, hyphens and spaces they were typed with."""
    bare = "".join(one for one in unicodedata.normalize("NFD", typed.casefold()) if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())


def hashed(token: str) -> str:
    """Return what is kept of a token: the file of a session opens nobody's sheet."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
