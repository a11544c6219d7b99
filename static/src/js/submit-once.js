// A form is sent once, however often a thumb taps. htmx guards its own requests.
import { notify } from "./notices.js";
import { word } from "./words.js";

const sent = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
  if (sent.has(form)) return event.preventDefault();
  if (!navigator.onLine) {
    event.preventDefault();
    return notify(word("offline"), "error");
  }
  sent.add(form);
  const { submitter } = event;
  submitter?.classList.add("is-busy");
  submitter?.setAttribute("aria-disabled", "true");
});

// Back by the browser's own button: the page is as it was, so the form may be sent again.
addEventListener("pageshow", () => {
  for (const form of sent) {
    for (const button of form.querySelectorAll(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-disabled");
    }
  }
  sent.clear();
});
