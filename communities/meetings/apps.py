from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Floor 5: meetings of a PLG."""

    name = "communities.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self):
        """Meetings show themselves in the menu and on the page of a PLG, and follow its members."""
        from communities import registry as of_plg
        from communities.meetings import (
            bringing,
            finding,
            freeing,
            logbook,
            mergers,  # noqa: F401 (it fills a registry itself)
            panels,
            privacy,
            runnables,
        )
        from communities.meetings.actions import meeting_run, seating
        from core import registry
        from organisations.innovation_time import plans

        registry.menu.add("meetings", panels.menu)
        registry.panels.add("meetings", panels.panel)
        registry.panels.add("try_outs", panels.try_outs)
        registry.claims.add("meetings", panels.claim)
        registry.merges.add("meetings", panels.merge)
        registry.merges.add("meetings.runs", seating.merge)
        registry.rhythms.add("meetings", panels.rhythm_changed)
        of_plg.tabs.add("meetings", panels.tab)
        of_plg.places.add("meetings", panels.place)
        of_plg.facts.add("meetings", panels.facts)
        of_plg.for_guests.add("meetings", panels.for_guests)
        of_plg.arrivals.add("meetings", panels.arrived)
        of_plg.partings.add("meetings", panels.parted)
        of_plg.partings.add("meetings.runs", seating.parted)
        of_plg.endings.add("meetings", panels.ended)
        of_plg.agendas.add("meetings", bringing.bring)
        of_plg.agendas_without.add("meetings", bringing.take_away)
        plans.add("meetings", freeing.PLANS)
        logbook.register()
        finding.register()
        privacy.register()
        runnables.add("meetings.meeting", meeting_run.MEETING)
