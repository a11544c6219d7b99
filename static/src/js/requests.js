// What every htmx request has in common: the token, a lost session, a refusal, a lost network.
import { notify } from "./notices.js";
import { word } from "./words.js";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && !/^(GET|HEAD)$/i.test(ctx.request.method)) ctx.request.headers["X-CSRFToken"] = token;
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

// After a refused form: to the first field that needs something.
document.addEventListener("htmx:after:settle", (event) => {
  const wrong = event.target.querySelector?.('[aria-invalid="true"]');
  wrong?.focus();
});
// And so on a whole page that came back.
document.querySelector('[aria-invalid="true"]')?.focus();
