"""What Amina made for the KennisHub: one of each audience, a concept with files, and one on which Fatima is asked."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledgehub import looking_at
from knowledgehub.actions import approving, files, publishing, uploads
from tests import cast as make


def things(cast, people, photo):
    """Rows by the names that the matrix has for them."""
    member, facilitator = people["member"], people["facilitator"]
    concept = make.resource(member, title="Stroken, nog niet af", audience="private", published=False)
    version = concept.versions.get()
    picture = files.add(version, SimpleUploadedFile("bord.jpg", photo), by=member)
    paper = files.add(version, SimpleUploadedFile("lesplan.pdf", _pdf()), by=member)
    looking_at.look_at_all()
    asked = make.resource(member, facilitator, title="Samen gemaakt", audience="private", published=False)
    approving.put_forward(asked.versions.get(), by=member)
    withdrawn = make.resource(member, title="Met een fout", audience="plg", of=cast.maths)
    publishing.withdraw(withdrawn, by=member, why="Er staat een fout in het antwoordblad.")
    return {
        "hub_private": concept,
        "hub_private_version": version,
        "hub_file": picture,
        "hub_pdf": paper,
        "hub_upload_key": uploads.begin(version, by=member, name="film.mp4", size=10).key,
        "hub_plg": make.resource(member, title="Voor de PLG", audience="plg", of=cast.maths),
        "hub_network": make.resource(member, title="Voor het netwerk", audience="network", of=cast.network),
        "hub_public": make.resource(member, title="Voor iedereen", audience="public"),
        "hub_withdrawn": withdrawn,
        "hub_asked": asked,
        "hub_approval": asked.versions.get().approvals.get(),
    }


def _pdf():
    stream = io.BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page(page_size=(595, 842))
        book.save(stream)
    return stream.getvalue()
