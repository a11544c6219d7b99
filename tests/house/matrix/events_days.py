"""Workshops, speed-dates and the day itself: of the lab that Fatima organises with Bram, and for which Amina comes."""

from tests.house.matrix.doors import deed, door, either, form, row
from tests.house.matrix.events_coming import FIND, NETWORK, ORGANISE, ORGANISES, OTHERS

ORGANISES_GOES = door(goes=ORGANISE, no=OTHERS)

ROWS = {
    "events:choose": either(FIND, "event"),
    "events:allocate": row(ORGANISES, ORGANISES_GOES, "event"),
    "events:take_seat": deed(door(goes=NETWORK), "event_session"),
    "events:leave_seat": deed(door(goes="member"), "event_seat"),
    "events:answer_seat": deed(door(goes="member"), "event_seat"),
    "events:dates": form(ORGANISES, "event_dates"),
    "events:step_dates": deed(ORGANISES_GOES, "event_dates"),
    "events:screen": either(ORGANISES, "event_dates"),
    "events:my_dates": row(FIND, door(goes=NETWORK), "event_dates"),
    "events:say": deed(door(goes=NETWORK), "event_round"),
    "events:now": either(FIND, "event"),
    "events:code": either(FIND, "event"),
    "events:announce": form(ORGANISES, "event"),
    "events:check_in": either(ORGANISES, "event"),
    "events:send_check_ins": deed(door(again=ORGANISE, no=OTHERS), "event"),
    "events:badges": either(ORGANISES, "event"),
}
