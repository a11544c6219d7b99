"""What happens to posts at night: HTML of an older version is made anew, and what was removed long ago goes."""

import re
from datetime import timedelta
from html import unescape

from django.db import transaction
from django.utils.timezone import now

from communities.discussions.models import Attachment, Post, PostVersion
from communities.discussions.writing import VERSION, html_of

KEPT_DAYS = 30  # a removed post can be put back
AT_ONCE = 500
MENTIONED = re.compile(r'<span class="mention">@([^<]*)</span>')


def make_anew():
    """The HTML of all posts that an older version of `writing` made: who was mentioned then stays mentioned."""
    while rows := list(Post.objects.filter(made_by__lt=VERSION).exclude(html="").order_by("pk")[:AT_ONCE]):
        for row in rows:
            before = row.html
            row.html, row.made_by = html_of(row.text, map(unescape, MENTIONED.findall(before))), VERSION
            # what was changed or removed since we read it has been made by the new version, or must not come back
            Post.objects.filter(pk=row.pk, html=before).update(html=row.html, made_by=VERSION)
        Post.objects.filter(pk__in=[row.pk for row in rows], made_by__lt=VERSION, html="").update(made_by=VERSION)


@transaction.atomic
def clear_removed():
    """The words and files of posts that were removed a month ago; that something stood there stays visible."""
    over = Post.objects.filter(removed_at__lt=now() - timedelta(days=KEPT_DAYS)).exclude(html="")
    gone = list(over.select_for_update(of=("self",)).values_list("pk", flat=True))
    files = Attachment.objects.filter(post__in=gone)
    for row in files:
        transaction.on_commit(lambda file=row.file: file.storage.delete(file.name))
    files.delete()
    PostVersion.objects.filter(post__in=gone).delete()
    Post.objects.filter(pk__in=gone).update(text="", html="")


def nightly():
    """Both, each whether or not the other fails."""
    from core.night import each_by_itself

    each_by_itself(clear_removed, make_anew)
