"""What is asked of who keeps funding: a report, four weeks before it is due."""

from activity.kinds import register_ask
from participation.funding.actions import KIND

register_ask(
    KIND, power="manage", related=("grant", "grant__network", "grant__board", "grant__community"), icon="coin-euro"
)
