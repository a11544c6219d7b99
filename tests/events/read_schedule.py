"""Reads a schedule from standard input with the tools of the VOC, whose format it is, and prints what it understood.

Of the package only the reader is loaded: what fetches and serves wants packages that we have no use for.
"""

import json
import sys
from importlib.util import find_spec
from types import ModuleType

package = ModuleType("voc")
package.__path__ = list(find_spec("voc").submodule_search_locations)
sys.modules["voc"] = package

from voc.schedule import Schedule, ScheduleDay  # noqa: E402

schedule = Schedule.from_dict(json.load(sys.stdin))
days = [[event for room in day["rooms"].values() for event in room] for day in schedule.days()]
events = [schedule.event(row["guid"]) for day in days for row in day]
dated = [ScheduleDay(json=day) for day in schedule.days()]
written = schedule.xml("xml")
json.dump(
    {
        "version": schedule.version(),
        "zone": str(schedule.tz()),
        "begins": schedule.conference_start().date().isoformat(),
        "days": [[row["title"] for row in day] for day in days],
        "rooms": schedule.rooms(),
        "guids": len({room.guid for room in schedule.rooms("obj")}),
        "events": {
            event["title"]: {
                "starts": event.start.isoformat(),
                "lasts": event["duration"],  # they write hours and minutes, as we do, but reckon with them as minutes
                "day": next(day["index"] for day in dated if day.start <= event.start < day.end),
                "room": schedule.room(event["room"])["name"],
                "track": event["track"],
                "persons": event.persons(),
            }
            for event in events
        },
        "in_xml": [element.findtext("title") for element in written.iter("event")],
    },
    sys.stdout,
)
