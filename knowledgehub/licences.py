"""What licences allow of each other: who adapts something may not give away more than was given.

- ND: no version of one's own is spread.
- SA: the version goes on under the same licence.
- NC: what may not be sold, may not be sold in another version either.
- "Only here": the version stays here too, and for nobody who could not see the original.
- In the public domain: everything is free.
"""

from django.utils.translation import gettext as _

from knowledgehub.choices import LICENCES

HERE, MARK = "here", "pdm-10"


def of_adaptations(code):
    """The codes under which a version of one's own of something with this licence may go on, the usual one first.

    None of what may not be adapted, nor of what has no licence (yet).
    """
    source = LICENCES.get(code)
    return tuple(each for each in LICENCES if source and _may_follow(source, LICENCES[each]))


def _may_follow(source, became):
    """Whether an adaptation of `source` may have the licence `became`."""
    if not source.may_adapt:
        return False
    if source.shares_alike or not source.is_open:
        return became.code == source.code
    if became.code == MARK:  # says that nobody has rights; who adapts has some
        return source.code == MARK
    if source.names_makers and not became.names_makers:
        return False
    return source.sells or not became.sells


def of_versions(resource):
    """The codes under which a (next) version of this resource may be published.

    Its makers choose freely, as long as it is no adaptation: then what they took is what they are bound to.
    """
    if resource.is_adaptation:
        return of_adaptations(resource.adapted_licence)
    return tuple(LICENCES)


def choices_of(resource):
    """The same as choices of a form: (code, label)."""
    return [(code, LICENCES[code].label) for code in of_versions(resource)]


def why_not_take(resource, code):
    """Why a version of this resource cannot have this licence, or ""."""
    if not code or code in of_versions(resource):
        return ""
    return _("You adapted this from something with the licence %(source)s. Choose: %(which)s.") % {
        "source": LICENCES[resource.adapted_licence].label,
        "which": ", ".join(str(LICENCES[each].label) for each in of_versions(resource)),
    }


def narrows(was, becomes):
    """Whether the second licence gives less than the first: somebody who had the first would miss something."""
    if was == becomes or was not in LICENCES or becomes not in LICENCES:
        return False
    before, after = LICENCES[was], LICENCES[becomes]
    gives = ("may_adapt", "is_open", "sells")
    asks = ("names_makers", "shares_alike")
    return any(getattr(before, each) and not getattr(after, each) for each in gives) or any(
        getattr(after, each) and not getattr(before, each) for each in asks
    )


def said_of_older(resource, becomes=""):
    """What a (narrower) licence does not undo: the sentence for the form, or "".

    A licence that was given stays given. Versions that are published keep theirs, and so does what was made of them.
    """
    if not resource.is_published or (becomes and not narrows(resource.licence, becomes)):
        return ""
    return _(
        "What is published now keeps the licence %(licence)s, and so does what colleagues made of it. "
        "The new licence counts from the new version on."
    ) % {"licence": LICENCES[resource.licence].label}
