"""How a signed-in person is fetched for each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from activity.models import Notification
from people.models import User


class PersonBackend(AuthenticationBackend):
    """Signing in by mail address; the person comes with `unread`, what the bell shows, in one query."""

    def get_user(self, user_id):
        """The person of this session, None when she is gone or no longer active."""
        unread = Notification.objects.unread().filter(person=OuterRef("pk")).order_by().values("person")
        counted = Coalesce(Subquery(unread.annotate(n=Count("pk")).values("n")), 0)
        user = User.objects.annotate(unread=counted).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
