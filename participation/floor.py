"""From how many people on something is told of what they did, and who does not count towards them."""

from organisations.choices import RoleKind

FEWEST = 5
#: Who has such a role sees figures, and knows her own part of them.
LOOKING = (RoleKind.SCHOOL_LEADER, RoleKind.BOARD_ADMIN, RoleKind.NETWORK_ADMIN, RoleKind.PLATFORM_ADMIN)
