from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutsideConfig(AppConfig):
    """In floor 6: what other libraries harvest here and what we harvest there; the web; imports."""

    name = "knowledgehub.outside"
    label = "outside"
    verbose_name = _("KennisHub to the outside")

    def ready(self):
        """What follows on a change, and what stands in the head of a page."""
        from core.registry import erasures, renames
        from knowledgehub import registry
        from knowledgehub.outside import following, heads, privacy, shell

        registry.heads.add("outside", heads.head)
        registry.collection_heads.add("outside", heads.collection_head)
        registry.collection_feeds.add("outside", heads.feed_of)
        registry.ways.add("outside", shell.ways)
        registry.ways_in.add("outside", shell.way_in)
        registry.changed.add("outside", following.follow)
        erasures.add("outside.named", following.name_changes)
        renames.add("outside", following.name_changes)
        privacy.register()
