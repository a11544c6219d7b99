"""How a signed-in person is fetched for each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from people.models import User

# As SQL: this stands in the query of every request.
UNREAD = RawSQL(
    "(SELECT count(*) FROM activity_notification n WHERE n.person_id = people_user.id AND n.read_at IS NULL)",
    [],
    output_field=IntegerField(),
)


class PersonBackend(AuthenticationBackend):
    """Signing in by mail address; the person comes with `unread`, what the bell shows, in one query."""

    def get_user(self, user_id):
        """The person of this session, None when she is gone or no longer active."""
        user = User.objects.annotate(unread=UNREAD).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
