// What every htmx request has in common: the token, a lost session, a refusal, a lost network.
import { notify } from "./notices.js";
import { word } from "./words.js";

// What somebody does herself. All else (load, every, live, a word being typed) a page asks by itself, while she may be
// writing: the server then never sends her elsewhere (`core.refusals.is_asked_by_itself`).
const hers = /^(click|submit|change)$/;

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { method, headers } = ctx.request;
  const isRead = /^(GET|HEAD)$/i.test(method);
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && !isRead) headers["X-CSRFToken"] = token;
  if (isRead && !hers.test(ctx.sourceEvent?.type)) headers["X-Asked-By-Itself"] = "true";
});

// <details id="…" data-stays> stays as open as it was when a new one takes its place.
document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  for (const { fragment } of tasks) {
    for (const box of fragment?.querySelectorAll?.("details[data-stays]") ?? []) {
      box.open = document.getElementById(box.id)?.open ?? box.open;
    }
  }
});

// A whole page came where a fragment was asked: it is no part of this page.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!/^\s*<!doctype/i.test(ctx.text ?? "") || ctx.select || ctx.target === document.body) return;
  const { raw, status } = ctx.response;
  if (status < 400) {
    // Somewhere else now. Sent to the sign-in page? Then come back to this page, not to the fragment.
    const address = new URL(raw.url, location.href);
    if (address.searchParams.has("next")) address.searchParams.set("next", location.pathname + location.search);
    event.preventDefault();
    location.assign(address);
  } else if (status !== 422) {
    event.preventDefault();
    const page = new DOMParser().parseFromString(ctx.text, "text/html");
    notify(page.querySelector("[data-refusal]")?.textContent.trim() || word("failed"), "error");
  }
});

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx?.request) notify(word("offline"), "error");
});

// data-hx-replace-url="true": the address says what stands there, so that coming back finds it again. (htmx's own
// history is off: it would draw pages of somebody who has signed out.)
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.replace === "true") history.replaceState(null, "", ctx.response.raw.url);
});

// After a refused form: to the first field that needs something.
document.addEventListener("htmx:after:settle", (event) => {
  const wrong = event.target.querySelector?.('[aria-invalid="true"]');
  wrong?.focus();
});
// And so on a whole page that came back.
document.querySelector('[aria-invalid="true"]')?.focus();
