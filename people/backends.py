"""How a signed-in person is fetched for each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from core.models import QuerySet
from core.prepared import prepared
from people.models import User

# As SQL: this stands in the query of every request.
UNREAD = RawSQL(
    "(SELECT count(*) FROM activity_notification n WHERE n.person_id = people_user.id AND n.read_at IS NULL)",
    [],
    output_field=IntegerField(),
)


class SignedIn(QuerySet):
    @prepared
    def for_request(self):
        """The person of a request, with what the shell of every page shows of her."""
        return self.annotate(unread=UNREAD)


class PersonBackend(AuthenticationBackend):
    """Signing in by mail address; the person comes with `unread`, what the bell shows, in one query."""

    def get_user(self, user_id):
        """The person of this session, None when she is gone or no longer active."""
        user = SignedIn(User).for_request().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
