// What is written in a session waits on this device until the server has it: in order, each under a key of its own, so
// that sending it twice writes it once. Kept per person and session, beside what <keep-text> keeps; gone at sign-out.
import { say } from "./notices.js";
import { token } from "./run.js";

const AGAIN = 3_000;
const OWN_AFTER = 800;
const lists = { decision: "kept", insight: "kept", agree: "kept", note: "note", parked: "parked" };

const uuid = () =>
  crypto.randomUUID?.() ?? // only on a safe origin
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

export class Queue {
  constructor(page) {
    this.page = page;
    this.name = `keep:${page.person}:run-${page.dataset.run}`;
    this.waiting = this.read();
    this.own = page.querySelector("[data-run-own]");
    if (this.own) this.watchOwn();
    this.show();
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name))?.waiting ?? [];
    } catch {
      return [];
    }
  }

  write() {
    try {
      if (this.waiting.length) localStorage.setItem(this.name, JSON.stringify({ waiting: this.waiting, at: Date.now() }));
      else localStorage.removeItem(this.name);
    } catch {
      // A full or forbidden store: it stays in this page, and is sent from here.
    }
  }

  submitted(event, form) {
    event.preventDefault();
    const data = new FormData(form);
    const agree = form.matches("[data-run-agree]");
    const name = agree ? "agree-" : "";
    const text = (data.get(`${name}text`) ?? "").trim();
    const error = form.querySelector("[data-error]");
    if (error) error.hidden = true;
    if (!text) return form.querySelector("textarea, input[type=text]")?.focus();
    const kind = agree ? "agree" : data.get("kind");
    data.set(`${name}key`, uuid());
    data.delete("csrfmiddlewaretoken");
    if (kind === "note") data.set("step", this.page.querySelector("#run-now")?.dataset.step ?? "");
    this.waiting.push({ key: data.get(`${name}key`), kind, text, form: form.id || form.getAttribute("action"), url: form.getAttribute("action"), body: [...data] });
    this.write();
    form.reset();
    form.dispatchEvent(new Event("input", { bubbles: true })); // <keep-text> has nothing to keep any more
    if (!agree) form.querySelector("textarea")?.focus();
    this.show();
    this.send();
  }

  async send() {
    if (this.sending) return this.sending;
    this.sending = this.sendAll();
    await this.sending;
    this.sending = null;
    return null;
  }

  async sendAll() {
    clearTimeout(this.later);
    if (this.own) await this.sendOwn();
    while (this.waiting.length && !this.stopped) {
      const [first] = this.waiting;
      let answer;
      const asked = performance.now();
      try {
        answer = await fetch(first.url, {
          method: "POST",
          body: new URLSearchParams(first.body),
          headers: { "Run-Part": "1", "X-CSRFToken": token() },
          signal: AbortSignal.timeout(15_000),
        });
      } catch {
        this.page.lost();
        break;
      }
      if (answer.status >= 500 || answer.status === 429) break; // it restarts, or has too much to do: once more
      const done = answer.status < 300 && !answer.redirected;
      const refused = answer.status === 422 || answer.status === 409;
      const copy = refused ? answer.clone() : null;
      if (done || refused) {
        this.waiting.shift();
        this.write();
      } else this.stopped = true; // signed out, or no longer a member: it stays here
      const sentence = await this.page.take(answer, asked).catch(() => null);
      if (refused) this.giveBack(first, sentence ?? (await said(copy)));
      else if (done) {
        say(this.page.word("sent"));
        this.page.found();
      }
    }
    this.show();
    if (this.waiting.length && !this.stopped) this.later = setTimeout(() => this.send(), AGAIN);
  }

  // What the server does not take goes back to where it was typed, with the reason.
  giveBack(item, sentence) {
    const form = document.getElementById(item.form) ?? this.page.querySelector(`form[action="${CSS.escape(item.form)}"]`);
    if (!form) return;
    for (const [name, value] of item.body) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (/checkbox|radio/.test(field.type)) field.checked ||= field.value === value;
        else if (field.type !== "hidden") field.value = field.value.trim() ? `${value}\n${field.value}` : value;
      }
    }
    const box = form.closest("details");
    if (box) box.open = true;
    const error = form.querySelector("[data-error]");
    if (!error) return;
    error.textContent = sentence ?? "";
    error.hidden = false;
    say(error.textContent);
    form.querySelector("textarea, input[type=text]")?.focus();
  }

  // ---- notes to myself: kept while typing
  watchOwn() {
    this.field = this.own.querySelector("textarea");
    this.ownName = `${this.name}-own`;
    this.was = this.field.value;
    try {
      const kept = JSON.parse(localStorage.getItem(this.ownName));
      if (kept && kept.text !== this.field.value) {
        // Typed here before, not sent: it stands below what another device of hers wrote meanwhile.
        this.field.value = kept.was === this.field.value ? kept.text : `${this.field.value}\n${kept.text}`.trim();
        this.changed = true;
      }
    } catch {
      // Nothing was kept.
    }
    this.field.addEventListener("input", () => {
      this.changed = true;
      this.keepOwnHere();
      this.tellOwn("sending");
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.send(), OWN_AFTER);
    });
    addEventListener("pagehide", () => this.changed && this.keepOwnHere());
  }

  keepOwnHere() {
    try {
      localStorage.setItem(this.ownName, JSON.stringify({ text: this.field.value, was: this.was, at: Date.now() }));
    } catch {
      // Then it is only in this page.
    }
  }

  keepOwn() {
    this.changed = true;
    this.send();
  }

  async sendOwn() {
    if (!this.changed) return;
    const text = this.field.value;
    this.changed = false;
    try {
      const answer = await fetch(this.own.getAttribute("action"), {
        method: "POST",
        body: new URLSearchParams({ text, was: this.was }),
        headers: { "Run-Part": "1", "X-CSRFToken": token() },
        signal: AbortSignal.timeout(15_000),
      });
      if (answer.status === 422) return this.tellOwn(null, await said(answer));
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
      const stored = await answer.text();
      this.was = stored;
      if (this.field.value === text && stored !== text.trim()) this.field.value = stored;
      if (!this.changed) {
        localStorage.removeItem(this.ownName);
        this.tellOwn("kept");
      }
    } catch {
      this.changed = true;
      this.tellOwn("waiting");
      clearTimeout(this.later);
      if (!this.page.over) this.later = setTimeout(() => this.send(), AGAIN);
    }
  }

  tellOwn(word, sentence) {
    for (const place of this.page.querySelectorAll("[data-own-saved]")) place.textContent = sentence ?? this.page.word(word);
  }

  // ---- what waits, shown where it will stand
  show() {
    const waits = this.waiting.length > 0;
    this.page.classList.toggle("is-waiting", waits || Boolean(this.page.away));
    const words = this.page.querySelector("[data-saved-words]");
    if (words) words.textContent = this.page.word(waits || this.page.away ? "waiting" : "kept");
    for (const list of this.page.querySelectorAll("[data-pending]")) {
      const items = this.waiting.filter(({ kind }) => lists[kind] === list.dataset.pending);
      list.hidden = !items.length;
      list.replaceChildren(...items.map((item) => this.line(item)));
    }
  }

  line(item) {
    const line = document.createElement("li");
    const text = document.createElement("p");
    text.className = "as-typed";
    text.textContent = item.text;
    const tag = document.createElement("span");
    tag.className = "tag half";
    tag.textContent = this.page.word("waiting");
    line.append(text, tag);
    return line;
  }
}

async function said(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-refusal]")?.textContent.trim() ?? "";
}
