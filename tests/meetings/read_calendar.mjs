// Reads an iCalendar file from standard input with ical.js, the parser of Thunderbird, and prints its events as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((row) => {
  const event = new ICAL.Event(row);
  const zone = event.startDate.zone;
  return {
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    sequence: event.sequence,
    status: row.getFirstPropertyValue("status"),
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    zone: zone && zone.tzid,
    attendees: event.attendees.length,
    names: row.getAllProperties().map((property) => property.name),
  };
});
const method = calendar.getFirstPropertyValue("method");
console.log(JSON.stringify({ method, events, names: calendar.getAllProperties().map((each) => each.name) }));
