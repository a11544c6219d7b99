from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from core.files.intake import rows_of_table
from core.refusals import Refused
from core.text import one_line, sort_key
from core.time import today
from organisations import regions
from organisations.actions.affiliations import built_on, why_not_end
from organisations.actions.invitations import runs_until, send_all
from organisations.bulk import UNDO_DAYS
from organisations.choices import Function
from organisations.imports import staff
from organisations.models import Affiliation, Invitation, Role, StaffImport
from people.models import User

KEPT_DAYS = 30
BATCH = 500


@transaction.atomic
def read_staff_list(board, upload, *, by):
    """Read an uploaded CSV or XLSX of staff; nothing of it is carried out. Raises Refused for what is no such list."""
    rows = staff.rows_of(rows_of_table(upload, most_rows=staff.MOST_ROWS))
    name = one_line(upload.name)[-200:] or _("staff list")
    found = StaffImport.objects.create(board=board, by=by, file_name=name, rows=rows)
    record("organisations.staff_list_read", by=by, about=found, rows=len(rows))
    return found


@transaction.atomic
def answer_row(staff_import, number, answers):
    """Keep the answer to what a row asks: another cell (name, email, function, from, until), a school, who it is.

    Raises Refused when the list was saved meanwhile, or when there is no such row.
    """
    found = _open(staff_import)
    row = next((row for row in found.rows if row["n"] == number), None)
    if row is None:
        raise Refused(_("There is no such row in this list."))
    for cell in ("name", "email", "function", "from", "until"):
        if cell in answers:
            row[cell] = one_line(answers[cell])[: staff.LONGEST_CELL]
    row["email"] = row["email"].lower()
    row["answers"] |= {name: answers[name] for name in ("school", "person", "skip") if name in answers}
    found.save(update_fields=["rows"])
    return found


def _open(staff_import):
    found = StaffImport.objects.select_for_update(of=("self",)).select_related("board").get(pk=staff_import.pk)
    if found.done_at:
        raise Refused(_("This list was saved already. Nothing was done twice."))
    return found


@transaction.atomic
def carry_out(staff_import, *, by, invite_at=None):
    """Save the whole list at once: people, where they work, and their invitations, which go out at `invite_at`.

    Raises Refused while any row still asks something, or when the list was saved already.
    """
    found = _open(staff_import)
    verdicts = staff.judge(found)
    if asking := sum(verdict.asks for verdict in verdicts):
        raise Refused(_("%(count)d rows still ask you something. Nothing was saved.") % {"count": asking})
    saving = Saving(found, by, invite_at or now())
    for verdict in verdicts:
        if verdict.state in ("new", "change"):
            saving.take(verdict)
    saving.finish()
    found.done_at, found.undo = now(), saving.undo
    found.rows = [
        row | {"outcome": [verdict.tag, verdict.sentence]} for row, verdict in zip(found.rows, verdicts, strict=True)
    ]
    found.save(update_fields=["done_at", "undo", "rows"])
    counts = {state: sum(v.state == state for v in verdicts) for state in ("new", "change", "same")}
    record("organisations.staff_imported", by=by, about=found, **counts)
    return found


class Saving:
    """Collects what a list makes, writes it in bulk, and notes how to take it back."""

    def __init__(self, staff_import, by, invite_at):
        self.board, self.by, self.invite_at = staff_import.board, by, invite_at
        self.people, self.affiliations, self.invitees, self.told = {}, [], [], []
        self.changed, self.moved, self.addresses, self.rows = [], [], [], []
        here = Q(person__affiliations__board=self.board) | Q(person__affiliations__school__board=self.board)
        self.with_roles = set(Role.objects.current().filter(here).values_list("person", flat=True))
        self.undo = {}

    def take(self, verdict):
        """One row that makes or changes something."""
        person = verdict.person or self.people.get(verdict.email)
        if person is None:
            person = self.people[verdict.email] = User(
                email=verdict.email,
                name=one_line(verdict.name),
                sort_name=sort_key(verdict.name),
                password=make_password(None),
            )
            self.invitees.append((person, verdict))
        elif verdict.new_address and verdict.is_first:
            self._another_address(person, verdict)
        if verdict.affiliation:
            self._change(verdict)
        else:
            where = {"board": self.board} if verdict.at_board else {"school": verdict.school}
            days = {"from_on": verdict.from_on or today(), "until_on": verdict.until_on}
            self.affiliations.append(
                Affiliation(person=person, function=verdict.function, title=verdict.title, **where, **days)
            )
        if person.pk and person.has_joined:
            self.told.append(person)

    def _another_address(self, person, verdict):
        """An account that is this board's own alone simply gets it; anybody else proves it first, from her profile."""
        if verdict.proves_first:
            if not EmailAddress.objects.filter(email=verdict.email, user=person).exists():
                self.addresses.append(EmailAddress(user=person, email=verdict.email))
        else:
            self.moved.append([person.pk, person.email])
            person.email = verdict.email
            person.save()
            self.invitees.append((person, verdict))

    def _change(self, verdict):
        row = verdict.affiliation
        if verdict.until_on and row.person_id in self.with_roles:
            self._refuse_to_end(verdict)
        before = _said(row)
        row.function, row.until_on = verdict.function, verdict.until_on or row.until_on
        row.title = verdict.title or ("" if row.function != before[0] else row.title)
        self.changed.append([row.pk, *before, *_said(row)])
        self.rows.append(row)

    def _refuse_to_end(self, verdict):
        """A list sets no last day that its sender could not set on the page of this person."""
        if reason := why_not_end(verdict.affiliation, by=self.by, until_on=verdict.until_on):
            raise Refused(_("Row %(row)d: %(reason)s") % {"row": verdict.n, "reason": reason})

    def finish(self):
        """Write everything, lay the invitations in the outbox, and tell the people concerned."""
        User.objects.bulk_create(self.people.values())
        Affiliation.objects.bulk_create(self.affiliations)
        Affiliation.objects.bulk_update(self.rows, ["function", "title", "until_on"], batch_size=BATCH)
        regions.follow([row.person for row in self.affiliations])
        EmailAddress.objects.bulk_create(self.addresses)
        invitations = Invitation.objects.bulk_create(self._invitation(*each) for each in self.invitees)
        send_all(invitations, at=self.invite_at)
        self.undo = {
            "people": [person.pk for person in self.people.values()],
            "affiliations": [row.pk for row in self.affiliations],
            "invitations": [row.pk for row in invitations],
            "addresses": [row.pk for row in self.addresses],
            "changed": self.changed,
            "moved": self.moved,
        }
        if self.told:
            record("organisations.staff_changed", by=self.by, about=self.board, tell=self.told)

    def _invitation(self, person, verdict):
        where = {"board": self.board} if verdict.at_board else {"school": verdict.school}
        return Invitation(
            email=person.email,
            name=person.name,
            person=person,
            function=verdict.function,
            invited_by=self.by,
            expires_at=runs_until(self.invite_at),
            **where,
        )


@transaction.atomic
def undo(staff_import, *, by):
    """Take back what a list made and nobody used since. Returns the names of the people who stay.

    Raises Refused when the list was not saved, was taken back already, or was saved too long ago. A letter that
    went out stays out; its link no longer works.
    """
    found = StaffImport.objects.select_for_update(of=("self",)).get(pk=staff_import.pk)
    if reason := why_not_undo(found):
        raise Refused(reason)
    made = found.undo
    _withdraw(made["invitations"])
    stays = _change_back(made["changed"])
    stays += _move_back(made["moved"])
    EmailAddress.objects.filter(pk__in=made["addresses"], verified=False).delete()
    stays += _take_back(made)
    found.undone_at = now()
    found.save(update_fields=["undone_at"])
    record("organisations.staff_import_undone", by=by, about=found, stays=len(stays))
    return stays


def _withdraw(ids):
    invitations = Invitation.objects.filter(pk__in=ids, used_at=None)
    outbox.withdraw(
        about_type=ContentType.objects.get_for_model(Invitation),
        about_id__in=list(invitations.values_list("pk", flat=True)),
    )
    invitations.update(revoked_at=now())


def _said(row):
    """What a list says of somebody's work, as JSON keeps it."""
    return [row.function, row.title, row.until_on and row.until_on.isoformat()]


def _change_back(changed):
    """As it was before, where it still is as the list left it; returns of whom somebody changed it since.

    Lists that were saved by an older version did not keep how they left it: theirs all go back.
    """
    known = {pk: (values[:3], values[3:]) for pk, *values in changed}
    rows = Affiliation.objects.select_for_update(of=("self",)).filter(pk__in=known).select_related("person")
    rows = list(rows.order_by("person__sort_name", "pk"))
    back = [row for row in rows if not row.ended_at and known[row.pk][1] in ([], _said(row))]
    for row in back:
        row.function, row.title, row.until_on = known[row.pk][0]
    Affiliation.objects.bulk_update(back, ["function", "title", "until_on"], batch_size=BATCH)
    return [str(row.person) for row in rows if row not in back]


def _move_back(moved):
    """Give the old addresses back; returns who keeps the new one, because somebody else has the old one by now."""
    stays = []
    for pk, email in moved:
        person = User.objects.filter(pk=pk, joined_at=None)
        try:
            with transaction.atomic():
                person.update(email=email)
        except IntegrityError:
            stays += [str(each) for each in person]
    return stays


def why_not_undo(staff_import):
    """Why this list can no longer be taken back, or ""."""
    if not staff_import.done_at:
        return _("This list was not saved yet. There is nothing to take back.")
    if staff_import.undone_at:
        return _("This list was taken back already.")
    if staff_import.done_at < now() - timedelta(days=UNDO_DAYS):
        return _("Taking back works for seven days. Change people one by one from now on.")
    return ""


def _take_back(made):
    people = list(User.objects.filter(pk__in=made["people"]).order_by("sort_name"))
    used = _used(people, made)
    rows = Affiliation.objects.filter(pk__in=made["affiliations"], ended_at=None).exclude(person__in=used)
    stays = [row.person for row in built_on(rows).select_related("person").order_by("person__sort_name", "pk")]
    rows.exclude(person__in=stays).delete()
    _forget([person.pk for person in people if person.pk not in used])
    return [str(person) for person in [*(each for each in people if each.pk in used), *stays]]


def _forget(ids):
    """Delete accounts that nobody used, with the little that hangs on them.

    Django's own `delete` would first set `Activity.by` to nothing, and the application may not touch the journal;
    an account that was never used stands nowhere in it. The database's foreign keys watch over that.
    """
    for link in User._meta.related_objects:
        if link.get_accessor_name() in staff.OWN:
            link.related_model._default_manager.filter(**{f"{link.field.name}__in": ids}).delete()
    gone = User.objects.filter(pk__in=ids)
    gone._raw_delete(gone.db)


def _used(people, made):
    """Ids of those who signed in, or on whose account hangs anything that this list did not make."""
    ids = [person.pk for person in people]
    others = Affiliation.objects.filter(person__in=ids).exclude(pk__in=made["affiliations"])
    joined = {person.pk for person in people if person.has_joined}
    return joined | set(others.values_list("person", flat=True)) | staff.with_more(ids)


def forget_staff_lists():
    """Every night: rows with names and addresses go when they are of no more use. Returns how many lists."""
    over = StaffImport.objects.filter(done_at__lt=now() - timedelta(days=UNDO_DAYS)).exclude(rows=[])
    left = StaffImport.objects.filter(done_at=None, read_at__lt=now() - timedelta(days=KEPT_DAYS))
    return over.update(rows=[], undo={}) + left.delete()[0]


def sample():
    """The rows of a sample list to fill in."""
    leader, teacher = Function.LEADER.label, Function.TEACHER.label
    return [
        [_("name"), _("e-mail"), _("school"), _("function"), _("from"), _("until")],
        ["Robin de Vries", "r.devries@school.example", "07XY00", teacher, "", ""],
        ["Sanne Bakker", "s.bakker@school.example", "07XY00", leader, "01-08-2026", ""],
    ]
