"""What the demo's colleagues made for the KennisHub, with files: through the same intake as everybody's."""

import csv
import io
import math
import struct
import wave
import zipfile
from datetime import timedelta

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from knowledgehub import looking_at, reach, registry
from knowledgehub.actions import files, making
from knowledgehub.choices import Audience, State
from knowledgehub.models import AudienceChange, Resource, ResourceVersion, Term
from plg_platform.demo import hub_texts

GREEN, WARM, TABLE = "#0b6e63", "#e8a33d", "#d9c7a8"


def fill(builder):
    """Before what colleagues do with it."""
    made = [_resource(builder, shared) for shared in hub_texts.ALL]
    while looking_at.look_at_all():
        pass
    registry.tell_changed(*made)


def _resource(builder, shared):
    people = [builder.people[name] for name in shared.makers]
    said = {"origin": "own", "pupils": "none"} | shared.said
    version = making.begin(
        by=people[0], makers=people[1:], title=shared.title, kind=shared.kind, tags=shared.tags,
        terms=Term.objects.filter(label__in=[*shared.levels, *shared.subjects]), **_place(builder, shared), **said,
    )  # fmt: skip
    for paper in shared.papers:
        upload = SimpleUploadedFile(paper.name, MAKERS[paper.makes](paper.of))
        files.add(version, upload, by=people[0])
    resource = version.resource
    for number, (days, change) in enumerate([*shared.older, (shared.days_ago, "")], 1):
        at = builder.moment - timedelta(days=days)
        if number > len(shared.older):
            ResourceVersion.objects.filter(pk=version.pk).update(number=number, published_at=at, created_at=at)
        else:
            ResourceVersion.objects.create(
                resource=resource, number=number + 100, title=shared.title, summary=version.summary, change=change,
                licence=version.licence, steps=version.steps[:number], created_by=people[0], published_at=at,
            )  # fmt: skip
    _number(resource)
    first = builder.moment - timedelta(days=(shared.older or [(shared.days_ago, "")])[0][0])
    Resource.objects.filter(pk=resource.pk).update(
        state=State.PUBLISHED, current=version, published_at=first, created_at=first,
        changed_at=builder.moment - timedelta(days=shared.days_ago), was_public=shared.audience == Audience.PUBLIC,
    )  # fmt: skip
    resource = Resource.objects.select_related("community", "school", "board", "network").get(pk=resource.pk)
    scope = reach.scope_of(resource)
    AudienceChange.objects.create(
        resource=resource, was=Audience.PRIVATE, became=scope.audience, said=f"{scope.label}. {reach.says(scope)}",
        by=people[0], at=first,
    )  # fmt: skip
    return resource


def _number(resource):
    """Older versions were added after the one of now: count them anew, by their day."""
    rows = list(resource.versions.order_by("published_at"))
    for number, row in enumerate(rows, 201):
        ResourceVersion.objects.filter(pk=row.pk).update(number=number)
    for number, row in enumerate(rows, 1):
        ResourceVersion.objects.filter(pk=row.pk).update(number=number)


def _place(builder, shared):
    school = builder.people[shared.makers[0]].affiliations.select_related("school__board").first().school
    community = builder.communities.get(shared.of)
    places = {
        Audience.PLG: {"community": community},
        Audience.SCHOOL: {"school": school},
        Audience.BOARD: {"board": school.board},
        Audience.NETWORK: {"network": builder.places.network, "community": community},
    }
    return {"audience": shared.audience, **places.get(shared.audience, {})}


# Files --------------------------------------------------------------------------------------------


def _paper(source):
    return typst.compile(source.encode())


def _strips(draw, left, top, wide):
    for row, (parts, colour) in enumerate(((1, GREEN), (2, "#2f8a80"), (3, WARM), (4, "#c9822a"), (8, "#6aaea6"))):
        for part in range(parts):
            box = wide / parts
            draw.rectangle(
                (left + part * box, top + row * 90, left + (part + 1) * box - 6, top + row * 90 + 74), colour
            )


def _photo(_of):
    picture = Image.new("RGB", (1400, 900), TABLE)
    draw = ImageDraw.Draw(picture)
    for line in range(0, 900, 60):
        draw.line((0, line, 1400, line + 24), "#cdb892", 3)
    _strips(draw, 180, 200, 1000)
    return _jpeg(picture)


def _plein(_of):
    picture = Image.new("RGB", (1400, 900), "#bfe0f2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 640, 1400, 900), "#9aa7a0")
    draw.rectangle((930, 300, 990, 680), "#7a5230")
    draw.ellipse((780, 80, 1140, 420), "#3f8f4f")
    draw.line((200, 660, 960, 90), "#b3362c", 6)
    draw.line((200, 660, 960, 660), "#b3362c", 6)
    return _jpeg(picture)


def _jpeg(picture):
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=82)
    return stream.getvalue()


def _archive(_of):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in ("stroken/helen.txt", "stroken/derden.txt", "stroken/kwarten.txt", "lees mij.txt"):
            parts.writestr(name, "Print op gekleurd papier en knip op de lijn.\n" * 8)
    return stream.getvalue()


def _document(_of):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in hub_texts.PROTOCOL_TEXT)
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{kinds}"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
            f'Target="word/document.xml"/></Relationships>',
        )
        parts.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>')
    return stream.getvalue()


def _sound(_of):
    """Four soft tones: a recording of children is not ours to make up."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        for tone in (262, 330, 392, 523):
            sound.writeframes(
                b"".join(struct.pack("<h", int(6000 * math.sin(tone * n / 8000 * 2 * math.pi))) for n in range(8000))
            )
    return stream.getvalue()


def _captions(_of):
    lines = [
        "Waar zou jij 48 neerzetten?",
        "Dichter bij de vijftig.",
        "Hoe weet je dat?",
        "Want het is er twee vandaan.",
    ]
    cues = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}\n" for n, line in enumerate(lines)]
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def _table(_of):
    stream = io.StringIO()
    rows = [
        ("opdracht", "wat heb je nodig"),
        ("de boom", "stok, meetlint"),
        ("de schaduw", "krijt"),
        ("het hek", "je voeten"),
    ]
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode()


def _card(_of):
    return (
        b"Kijkkaart onderzoeksles\n\nIk kijk naar: ____________\n\nWat doet het kind?\nWat zegt het kind?\n"
        b"Wanneer begint het te twijfelen?\n\nSchrijf op wat je ziet, niet wat je vindt.\n"
    )


MAKERS = {
    "paper": _paper, "photo": _photo, "plein": _plein, "archive": _archive, "document": _document, "sound": _sound,
    "captions": _captions, "table": _table, "card": _card,
}  # fmt: skip
