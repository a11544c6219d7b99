"""What upper apps lay on the pages of meetings; each adds its own in `AppConfig.ready()`."""

from core.registry import Registry

#: What one may do with an insight in minutes that stand (bring it to the KennisHub):
#: name -> function(minutes, insight, user) -> dict(url, label, icon), or None where it offers her nothing.
insights = Registry("deeds on an insight")


def deeds_on(minutes, insight, user):
    """Everything that is offered for this insight."""
    return [deed for build in insights.values() if (deed := build(minutes, insight, user))]
