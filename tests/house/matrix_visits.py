"""Class visits in PLG Rekenen: Amina invites, Tom looks; one is offered to all, one is behind them."""

from tests.lessonstudy.visits import world


def things(cast):
    """Rows by the names that the matrix has for them."""
    return {
        "visit_offered": world.a_visit(cast, "offered"),
        "visit_planned": world.a_visit(cast, "planned"),
        "visit_done": world.a_visit(cast, "visited"),
    }
