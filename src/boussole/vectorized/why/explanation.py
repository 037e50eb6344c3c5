"""All that is known of one MEDOC in a result: why it stands where it stands, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.why.explanation import why
from boussole.core.why.sensitivity import Explanation
from boussole.vectorized.why.counterfactuals import counterfactuals
from boussole.vectorized.why.sensitivity import sensitivity

if TYPE_CHECKING:
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.ranking import Ranking


def explain(ranking: Ranking, answers: Answers, medoc: Medoc, top: int) -> Explanation:
    """Return the account of `medoc` in the ranking of `answers`, of which the first `top` are the top."""
    compass, catalogue, _, _, _ = ranking.context
    account = Explanation(why(ranking, medoc), counterfactuals(compass, catalogue, answers, medoc.id, top))
    if not account.in_top:
        return account
    return account._replace(sure=sensitivity(compass, catalogue, answers, top).of(medoc.id))
