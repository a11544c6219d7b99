"""How a signed-in person is fetched for each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Func, IntegerField, TextField
from django.db.models.expressions import RawSQL

from core import standing
from core.models import QuerySet
from core.prepared import prepared
from core.time import today
from people.models import User

# As SQL: this stands in the query of every request.
UNREAD = RawSQL(
    "(SELECT count(*) FROM activity_notification n WHERE n.person_id = people_user.id AND n.read_at IS NULL)",
    [],
    output_field=IntegerField(),
)


class SignedIn(QuerySet):
    @prepared
    def for_request(self, day):
        """The person of a request, with what the shell of every page shows of her, and where she stands."""
        stands = Func(
            day,
            template=standing.rows_as_text("ARRAY[people_user.id]", "%(expressions)s::date"),
            output_field=TextField(),
        )
        return self.annotate(unread=UNREAD, stands=stands)


class PersonBackend(AuthenticationBackend):
    """Signing in by mail address; a person comes with `unread`, what the bell shows, and her standing: one query."""

    def get_user(self, user_id):
        """The person of this session, None when she is gone or no longer active."""
        user = SignedIn(User).for_request(today()).filter(pk=user_id).first()
        if not user or not self.user_can_authenticate(user):
            return None
        standing.keep([user], vars(user).pop("stands"))
        return user
