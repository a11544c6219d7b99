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

document.documentElement.classList.add("js");

// A running session: only where one is.
if (document.querySelector("run-page")) import("./run.js");
