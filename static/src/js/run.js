// <run-page>: a running session. The clock is the server's: each answer says what time it is there, and where the
// step ends. A message of the stream says only what changed; the page then fetches those parts. Without the stream it
// asks every few seconds. What is typed waits on this device until the server has it (run-queue.js).
import { notify, say } from "./notices.js";
import { Queue } from "./run-queue.js";

const POLL = 4_000; // while the stream is away
const LOOK = 45_000; // and now and then while it is there: a message may have been lost
const FIRST_AGAIN = 500;
const LAST_AGAIN = 15_000;
const AROUND = 2 * Math.PI * 54; // of the ring, see the tag `ring`
const typing = 'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="hidden"])';

class RunPage extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(document.getElementById("run-words").textContent);
    this.person = document.body.dataset.person;
    this.offset = Number(this.dataset.now) - Date.now();
    this.precision = Infinity;
    this.wanted = new Set();
    this.again = FIRST_AGAIN;
    this.all = this.hasAttribute("data-board") ? ["board"] : ["step", "lines", "people"];
    this.announced = { number: this.now?.dataset.number };
    this.queue = new Queue(this);
    this.addEventListener("submit", (event) => this.submitted(event));
    this.addEventListener("click", (event) => this.opened(event));
    this.tick = setInterval(() => this.show(), 250);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.arrive()));
    addEventListener("online", () => this.arrive());
    addEventListener("offline", () => this.lost());
    this.arrive();
  }

  word(key, values = {}) {
    return (this.words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  // ---- the stream, and what stands in for it
  arrive() {
    this.listen();
    this.fetch(this.all);
    this.queue.send();
    this.stayAwake();
  }

  leave() {
    // A screen that nobody sees asks nothing. The big screen is always seen.
    if (this.hasAttribute("data-board")) return;
    this.deaf();
    clearTimeout(this.asking);
  }

  deaf() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.relisten);
  }

  listen() {
    this.deaf();
    if (this.over || !window.EventSource) return;
    const source = new EventSource(this.dataset.stream, { withCredentials: true });
    this.source = source;
    source.addEventListener("listening", () => {
      this.again = FIRST_AGAIN;
      this.heard = true;
      this.fetch(this.all); // what happened while we did not listen
    });
    source.onmessage = (event) => {
      const { what } = JSON.parse(event.data);
      if (what === "ended" || what === "tickets") return this.fetch(this.all);
      // The step at once; what is written may wait a moment, so that many writers do not make every screen ask at once.
      const parts = this.hasAttribute("data-board") ? ["board"] : [what];
      if (what === "step" || this.hasAttribute("data-board")) this.fetch(parts);
      else setTimeout(() => this.fetch(parts), Math.random() * 700);
    };
    source.onerror = () => {
      this.heard = false;
      this.deaf();
      this.relisten = setTimeout(() => this.listen(), this.again * (0.7 + Math.random() * 0.6));
      this.again = Math.min(this.again * 2, LAST_AGAIN);
      this.askLater();
    };
  }

  askLater() {
    clearTimeout(this.asking);
    if (this.over) return;
    this.asking = setTimeout(() => this.fetch(this.all), this.heard ? LOOK : POLL);
  }

  // ---- fetching parts
  async fetch(parts) {
    for (const part of parts) this.wanted.add(part);
    if (this.fetching || this.over) return;
    this.fetching = true;
    try {
      while (this.wanted.size && !this.over) {
        const only = [...this.wanted].join();
        this.wanted.clear();
        const asked = performance.now();
        const renew = this.heard ? "" : "&stream=1";
        const answer = await fetch(`${this.dataset.state}?only=${only}${renew}`, {
          headers: { "Run-Part": "1" },
          signal: AbortSignal.timeout(10_000),
        });
        await this.take(answer, asked);
      }
      this.found();
    } catch {
      this.lost();
    } finally {
      this.fetching = false;
      this.askLater();
    }
  }

  /** Lay an answer of the server in the page. `asked`: when we asked, to know how old its clock is. */
  async take(answer, asked) {
    if (answer.redirected) return this.stop("sign_in");
    const text = await answer.text();
    if ([401, 403, 404].includes(answer.status)) return this.stop("out");
    if (!answer.headers.has("Run-Now")) throw new Error(`${answer.status}`);
    this.correct(Number(answer.headers.get("Run-Now")), performance.now() - asked);
    if (answer.headers.has("Run-Stream")) this.dataset.stream = answer.headers.get("Run-Stream");
    const isEnded = answer.headers.get("Run-State") === "ended";
    if (isEnded && !this.hasAttribute("data-board")) return this.ended();
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const version = Number(answer.headers.get("Run-Version"));
    if (version < (this.version ?? 0)) return null; // an answer that was overtaken
    this.version = version;
    for (const part of fresh.querySelectorAll("[data-part]")) this.lay(part);
    this.show();
    this.announce();
    if (isEnded) this.rest();
    return fresh.querySelector("[data-refusal]")?.textContent.trim() ?? null;
  }

  lay(part) {
    const old = document.getElementById(part.id);
    if (!old || old.outerHTML === part.outerHTML) return;
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    if (held?.matches(typing)) {
      // Never under the hands of somebody who is choosing or typing in it.
      held.addEventListener("blur", () => setTimeout(() => this.fetch(this.all), 300), { once: true });
      return;
    }
    const open = [...old.querySelectorAll("details[open][id]")].map((box) => box.id);
    const focused = held?.id;
    old.replaceWith(document.adoptNode(part));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) (document.getElementById(focused) ?? document.getElementById("run-now-title"))?.focus();
    else if (held) document.getElementById("run-now-title")?.focus();
  }

  found() {
    if (!this.away) return;
    this.away = false;
    this.classList.remove("is-away");
    say(this.word("online"));
    this.queue.send();
  }

  lost() {
    if (this.away) return;
    this.away = true;
    this.classList.add("is-away");
    this.queue.show();
    say(this.word("offline"));
  }

  /** We may not, or cannot, go on here. What is not sent yet stays on this device. */
  stop(why) {
    if (this.over) return;
    this.rest();
    notify(this.word(why), "error");
    this.classList.add("is-over");
  }

  /** Nothing comes any more: the big screen says that it is over, and asks no more. */
  rest() {
    this.over = true;
    this.deaf();
    clearTimeout(this.asking);
    clearInterval(this.tick);
  }

  async ended() {
    if (this.over) return;
    say(this.word("over_now"));
    this.over = true;
    this.deaf();
    await this.queue.send();
    location.assign(this.dataset.state.replace(/state\/$/, ""));
  }

  // ---- the clock
  correct(there, took) {
    // The answer is half a journey old. The shortest journey tells the time best; after a while a new one counts.
    const late = took / 2;
    if (late > this.precision + 5 && Date.now() - this.corrected < 60_000) return;
    this.precision = late;
    this.corrected = Date.now();
    this.offset = there + late - Date.now();
  }

  get now() {
    return document.getElementById("run-now");
  }

  get leftMs() {
    const { ends, paused } = this.now.dataset;
    return paused === undefined ? Number(ends) - (Date.now() + this.offset) : Number(paused) * 1000;
  }

  show() {
    const card = this.now, clock = card?.querySelector("[data-clock]");
    if (!clock) return;
    const ms = this.leftMs;
    const left = ms >= 0 ? Math.ceil(ms / 1000) : Math.floor(ms / 1000);
    if (left === this.shown?.left && card === this.shown.card) return;
    this.shown = { left, card };
    const total = Number(card.dataset.total);
    const abs = Math.abs(left);
    const two = (n) => String(n).padStart(2, "0");
    clock.textContent = `${left < 0 ? "+" : ""}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
    const share = total ? Math.max(0, Math.min(1, left / total)) : 0;
    card.querySelector(".ring .left")?.setAttribute("stroke-dasharray", `${(AROUND * share).toFixed(1)} ${AROUND.toFixed(1)}`);
    card.classList.toggle("is-over", left < 0);
    const minutes = Math.ceil(abs / 60);
    if (minutes !== this.shownMinutes) {
      this.shownMinutes = minutes;
      card.querySelector("[data-timer]")?.setAttribute("aria-label", this.word(left < 0 ? "over" : "left", { minutes }));
      this.ready(ms);
    }
    this.announce(left);
  }

  // "Ready around 16.36" moves on while the clock stands, or when a step takes longer.
  ready(ms) {
    const at = new Date(Date.now() + this.offset + Math.max(ms, 0) + Number(this.now.dataset.rest) * 1000);
    const [hour, minute] = new Intl.DateTimeFormat("nl", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Amsterdam" })
      .formatToParts(at).filter(({ type }) => type !== "literal").map(({ value }) => value);
    for (const place of this.querySelectorAll("[data-ready]")) {
      place.textContent = place.textContent.replace(/\d+(\D)\d+/, `${Number(hour)}$1${minute}`);
    }
  }

  // Politely, and only what matters: a new step, one minute left, time is up, the clock stands.
  announce(left) {
    const { number, paused } = this.now?.dataset ?? {};
    if (!number) return;
    const title = document.getElementById("run-now-title")?.textContent.trim();
    const told = this.announced;
    if (number !== told.number) {
      this.announced = { number, paused };
      return say(this.word("step", { number, title }));
    }
    if ((paused === undefined) !== (told.paused === undefined)) {
      told.paused = paused;
      return say(this.word(paused === undefined ? "resumed" : "paused"));
    }
    if (left === undefined || paused !== undefined) return;
    if (left === 60 && !told.one) {
      told.one = true;
      say(this.word("one_left"));
    }
    if (left === 0 && !told.up) {
      told.up = true;
      say(this.word("up"));
    }
    if (left > 60) told.one = told.up = false;
  }

  // ---- deeds
  submitted(event) {
    const form = event.target;
    if (form.matches("[data-run-deed]")) this.deed(event, form);
    else if (form.matches("[data-run-write], [data-run-agree]")) this.queue.submitted(event, form);
    else if (form.matches("[data-run-own]")) {
      event.preventDefault();
      this.queue.keepOwn(form);
    }
  }

  async deed(event, form) {
    event.preventDefault();
    if (form.busy) return;
    form.busy = true;
    const { submitter } = event;
    submitter?.setAttribute("aria-disabled", "true");
    const asked = performance.now();
    try {
      const answer = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), {
        method: "POST",
        body: new FormData(form, submitter),
        headers: { "Run-Part": "1", "X-CSRFToken": token() },
        signal: AbortSignal.timeout(10_000),
      });
      const refusal = await this.take(answer, asked);
      if (refusal) notify(refusal, "warning");
      this.found();
    } catch {
      this.lost();
      notify(this.word("offline"), "error");
    } finally {
      form.busy = false;
      submitter?.removeAttribute("aria-disabled");
    }
  }

  // The bar at the foot of a phone opens what it names, and puts the cursor there.
  opened(event) {
    const link = event.target.closest("[data-open]");
    if (!link) return;
    event.preventDefault();
    const box = document.getElementById(link.dataset.open);
    if (box.matches("details")) box.open = true;
    box.scrollIntoView({ block: "center" });
    box.querySelector("textarea, input:not([type=hidden])")?.focus();
  }

  // The screen of who leads, and the one in the room, do not fall asleep.
  async stayAwake() {
    if (!this.hasAttribute("data-awake") || document.hidden || !navigator.wakeLock) return;
    try {
      await navigator.wakeLock.request("screen");
    } catch {
      // The battery is low, or the browser does not want to: then the screen sleeps as always.
    }
  }
}

export function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

customElements.define("run-page", RunPage);
