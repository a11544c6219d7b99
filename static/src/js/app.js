// The base script of every page: htmx, and small elements that wake in any markup, also after a swap.
// Heavy things (editor, upload, drag) are dynamic imports, loaded when their element first appears.
import "htmx.org/dist/htmx.esm.js";
import "./requests.js";
import "./menus.js";
import "./confirm.js";
import "./submit-once.js";
import "./keep-text.js";
import "./live-stream.js";
import "./copy-link.js";
import "./notices.js";
import "./sortable-list.js";
import "./print-button.js";
import "./slash.js";
import "./observe-device.js";
import "./name-hint.js";
import "./kept-pages.js";
import { early } from "./early.js";

document.documentElement.classList.add("js");

// Tabs and filters that do not fit slide until the one where we are is in sight.
for (const here of document.querySelectorAll(":is(.tabs, .chips) [aria-current]")) {
  const strip = here.closest(".tabs, .chips");
  const place = here.getBoundingClientRect();
  const frame = strip.getBoundingClientRect();
  if (place.right > frame.right) strip.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}

// A running session: only where one is.
if (document.querySelector("run-page")) import("./run.js");

// Conversations: the box in which one writes, and what was read.
if (document.querySelector("text-editor")) import("./editor.js");
if (document.querySelector("topic-read")) import("./topic.js");

// Sharing something: files that come in pieces.
if (document.querySelector("file-drop, .only-if")) import("./file-drop.js");

// Chapters and questions beside a film.
if (document.querySelector("film-moments")) import("./film-moments.js");

// A lesson plan that a team writes together.
if (document.querySelector("plan-page")) import("./plan.js");

// Observing a lesson, also without a network.
const observing = document.querySelector("observe-page");
if (observing) early(observing, () => import("./observe.js"));

// The programme of an event: reading it, making it.
if (document.querySelector("programme-page")) import("./programme.js");
if (document.querySelector("programme-planner")) import("./programme-planner.js");

// The day of an event: clocks, and the door.
if (document.querySelector("day-now")) import("./day.js");
const door = document.querySelector("check-in");
if (door) early(door, () => import("./check-in.js"));
if (document.querySelector("film-questions")) import("./film-questions.js");
