"""Where a session listens."""

from __future__ import annotations

from contextlib import closing

from boussole.workshop.network import listen


def test_two_sessions_that_start_together_have_a_port_each() -> None:
    """The second is given another port though the first serves nothing yet: phones would come to either."""
    with (
        closing(listen("127.0.0.1", 28765, exactly=False)) as one,
        closing(listen(*one.getsockname(), exactly=False)) as other,
    ):
        assert one.getsockname() != other.getsockname()
