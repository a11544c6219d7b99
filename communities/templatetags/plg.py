"""What other apps lay on a page of ours."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def lay(context, panel):
    """Draw one card of `communities.registry.shown`, with its own context laid over that of the page."""
    drawn = context.template.engine.get_template(panel["template"])
    with context.push(**panel["context"]):
        return drawn.render(context)
