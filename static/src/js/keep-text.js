// <keep-text> around a form: what is typed stays on this device until it has arrived. An expired session, a refused
// deed, a lost network or a closed tab loses nothing. Kept per person and per form; never passwords, files or tokens.
import { say } from "./notices.js";
import { word } from "./words.js";

const PREFIX = "keep:";
const SENT = "keep-sent";
const DAYS = 14;
const REFUSAL = '#messages :is([data-level="error"], [data-level="warning"])';
const person = document.body.dataset.person ?? "";
const kept = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button])";
const restored = new Set();
let leaving = false;

const store = {
  read(key) {
    try {
      const found = JSON.parse(localStorage.getItem(key));
      return found && Date.now() - found.at < DAYS * 864e5 ? found : null;
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify({ ...value, at: Date.now() }));
    } catch {
      // A full or forbidden store: then there is nothing we can keep.
    }
  },
  forget: (key) => localStorage.removeItem(key),
};

function fields(form) {
  return [...form.querySelectorAll(kept)].filter((field) => field.name && !field.closest("[data-not-kept]"));
}

const value = (field) => (/checkbox|radio/.test(field.type) ? field.checked : field.value);
const name = (field) => (/checkbox|radio/.test(field.type) ? `${field.name}=${field.value}` : field.name);
const values = (form) => Object.fromEntries(fields(form).map((field) => [name(field), value(field)]));

function fill(field, wanted) {
  if (/checkbox|radio/.test(field.type)) field.checked = wanted;
  else field.value = wanted;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

class KeepText extends HTMLElement {
  connectedCallback() {
    // The form may still have to be parsed.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.wake(), { once: true });
    else this.wake();
  }

  wake() {
    this.form = this.querySelector("form");
    if (!this.form || !person) return;
    const named = this.getAttribute("name") || this.form.id || new URL(this.form.action).pathname;
    this.key = `${PREFIX}${person}:${named}`;
    this.base = values(this.form);
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("change", () => this.keep());
    this.form.addEventListener("htmx:after:request", (event) => this.answered(event.detail.ctx));
    if (!arrived(this)) this.restore();
  }

  keep() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.keepNow(), 250);
    addEventListener("pagehide", () => this.keepNow(), { once: true });
  }

  keepNow() {
    if (leaving || !this.form.isConnected) return;
    const now = values(this.form);
    if (JSON.stringify(now) === JSON.stringify(this.base)) store.forget(this.key);
    else store.write(this.key, { values: now, base: this.base });
  }

  // htmx brought an answer: good means arrived; elsewhere means the next page will tell.
  answered(ctx) {
    if (!ctx.response || ctx.response.status >= 400) return;
    if (ctx.hx?.redirect || ctx.response.raw.redirected) return sessionStorage.setItem(SENT, this.key);
    clearTimeout(this.soon);
    store.forget(this.key);
    sessionStorage.removeItem(SENT);
    this.base = values(this.form);
  }

  restore() {
    const found = store.read(this.key);
    if (!found) return;
    const lost = [];
    let filled = 0;
    for (const field of fields(this.form)) {
      const wanted = found.values[name(field)];
      const now = value(field);
      if (wanted === undefined || wanted === now) continue;
      if (now === found.base[name(field)]) {
        fill(field, wanted);
        filled += 1;
      } else if (typeof wanted === "string" && wanted.trim()) lost.push(wanted);
    }
    if (!filled && !lost.length) return;
    if (!restored.has(this.key)) this.tell(lost);
    restored.add(this.key);
  }

  tell(lost) {
    const note = document.createElement("div");
    note.className = "notice notice--info kept";
    const body = document.createElement("div");
    body.className = "body";
    body.textContent = word(lost.length ? "kept_beside" : "kept");
    for (const text of lost) {
      const area = document.createElement("textarea");
      area.className = "form-control";
      area.readOnly = true;
      area.value = text;
      area.setAttribute("aria-label", word("kept_text"));
      body.append(area);
    }
    const away = document.createElement("button");
    away.type = "button";
    away.className = "btn btn-quiet btn-sm";
    away.textContent = word("discard");
    away.onclick = () => {
      for (const field of fields(this.form)) fill(field, this.base[name(field)]);
      store.forget(this.key);
      note.remove();
      fields(this.form)[0]?.focus();
    };
    note.append(body, away);
    this.form.before(note);
    say(body.firstChild.textContent);
  }
}

// Was the form that we sent from the page before this one received? Yes, unless this page refuses it.
function arrived(element) {
  const sent = sessionStorage.getItem(SENT);
  if (sent !== element.key) return false;
  sessionStorage.removeItem(SENT);
  // Back from an error of the network, or here by another way than the answer to the form: we cannot know.
  const [came] = performance.getEntriesByType("navigation");
  if (came?.type === "back_forward" || !document.referrer.startsWith(location.origin)) return false;
  const refused =
    document.querySelector(REFUSAL) ||
    document.documentElement.hasAttribute("data-error") ||
    element.form.querySelector('[aria-invalid="true"], .error, [data-refused]');
  if (refused) return false;
  store.forget(element.key);
  return true;
}

function settle() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  // Not signed in: the form was not received. Its text waits for the page where it belongs.
  if (!sent.startsWith(`${PREFIX}${person}:`) || !person) return sessionStorage.removeItem(SENT);
  const here = [...document.querySelectorAll("keep-text")].some((element) => element.key === sent);
  if (here) return;
  const failed = document.documentElement.hasAttribute("data-error") || document.querySelector(REFUSAL);
  sessionStorage.removeItem(SENT);
  if (!failed) store.forget(sent);
}

customElements.define("keep-text", KeepText);
settle();

// Sent by the browser itself; what htmx sends is answered above.
document.addEventListener("submit", (event) => {
  const element = event.target.closest("keep-text");
  if (!element?.key || event.defaultPrevented) return;
  element.keepNow();
  sessionStorage.setItem(SENT, element.key);
});

// Whoever signs out leaves nothing of hers on this device.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget]")) return;
  leaving = true;
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}${person}:`)) store.forget(key);
});
