"""All that is known of one MEDOC in a result: why it stands where it stands, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.why.explanation import why
from boussole.core.why.sensitivity import Account
from boussole.vectorized.why.counterfactuals import nearest_changes
from boussole.vectorized.why.sensitivity import how_sure

if TYPE_CHECKING:
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.ranking import Ranking


def account_of(ranking: Ranking, answers: Answers, medoc: Medoc, top: int) -> Account:
    """Return the account of `medoc` in the ranking of `answers`, of which the first `top` are the top."""
    compass, catalogue, _, _, _ = ranking.context
    account = Account(why(ranking, medoc), nearest_changes(compass, catalogue, answers, medoc.id, top))
    if not account.in_top:
        return account
    return account._replace(sure=how_sure(compass, catalogue, answers, top).of(medoc.id))
