"""What a page shows of a version where it is not the page of the resource itself: beside a review or objection."""

from knowledgehub.models import ResourceFile
from knowledgehub.showing import open_at, tabs_of


def parts_of(request, resource, version):
    """The real thing, as the page of the resource shows it."""
    files = list(ResourceFile.objects.filter(version=version).without_text())
    return {
        "resource": resource,
        "version": version,
        "authors": resource.authors.select_related("person"),
        "levels": resource.terms.filter(vocabulary="level"),
        "tabs": tabs_of(files, request),
        "stage": open_at(files, request),
    }
