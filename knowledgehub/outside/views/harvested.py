"""What other libraries ask of ours."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledgehub.outside.oai.answers import answer


@csrf_exempt  # a harvester has no form of ours, and changes nothing
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    """OAI-PMH 2.0; a protocol error is an answer like any other."""
    arguments = request.POST if request.method == "POST" else request.GET
    return HttpResponse(answer(arguments), content_type="text/xml; charset=utf-8")
