"""Where a board wants facilitators with a certificate: a hint where one is chosen, never a refusal."""

from django.utils.translation import gettext as _

from organisations.models import Board, Qualification


def hint(community, people):
    """Who of these has the certificate that the board would like to see; "" where no board asks for it."""
    if not _wanted(community):
        return ""
    people = [each for each in people if each]
    ids = Qualification.objects.facilitators([each.pk for each in people])
    names = ", ".join(sorted(str(each) for each in people if each.pk in ids))
    if names:
        return _("Your board wants facilitators with a certificate. These have it: %(names)s.") % {"names": names}
    return _("Your board wants facilitators with a certificate. Nobody here has it yet; you can choose all the same.")


def _wanted(community):
    board = community.owner_board_id or (community.owner_school and community.owner_school.board_id)
    return bool(board) and Board.objects.filter(pk=board, wants_qualified=True).exists()
