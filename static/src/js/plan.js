// <plan-page>: a lesson plan in which several people write at once. The page came whole from the server and works
// without this; here each of its fields is bound to the shared document, which plan-sync.js keeps in step.
import * as Y from "yjs";
import { notify, say } from "./notices.js";
import * as documents from "./plan-document.js";
import { Field } from "./plan-field.js";
import { Store } from "./plan-store.js";
import { Sync } from "./plan-sync.js";

const PATIENCE = 15_000;
const SIGN_OF_LIFE = 15_000;
const STAYS = 42_000;
const LONGEST = 4_000;

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

class PlanPage extends HTMLElement {
  async connectedCallback() {
    if (this.doc) return;
    this.words = JSON.parse(document.getElementById("plan-words").textContent);
    this.list = this.querySelector("[data-stages]");
    this.shape = this.querySelector("template[data-stage]");
    this.doc = new Y.Doc();
    this.undo = new Y.UndoManager(this.doc, { trackedOrigins: new Set([documents.LOCAL]), captureTimeout: 700 });
    this.bound = new Map();
    const visitor = documents.uuid();
    const store = new Store(document.body.dataset.person, this.dataset.plan, visitor);
    this.sync = new Sync({ doc: this.doc, visitor, store, ask: (kind, body) => this.ask(kind, body), told: (state, news) => this.told(state, news) });
    if ("fixed" in this.dataset && !store.names().length) return; // nothing to send, nothing to write
    this.listen();
    await this.sync.open();
    if (this.sync.last) this.wake();
    else this.addEventListener("came", () => this.wake(), { once: true });
  }

  disconnectedCallback() {
    this.sync?.close();
    clearInterval(this.alive);
  }

  word(key, values = {}) {
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  async ask(kind, body) {
    const address = this.dataset[kind];
    const options = { signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" } };
    const answer =
      kind === "pull"
        ? await fetch(`${address}?since=${body.since}`, options)
        : await fetch(address, { ...options, method: "POST", headers: { ...options.headers, "Content-Type": "application/json", "X-CSRFToken": token() }, body: JSON.stringify(body) });
    if (answer.redirected) return { status: 401 };
    const isNews = answer.headers.get("Content-Type")?.includes("json");
    return { status: answer.status === 200 && !isNews ? 401 : answer.status, news: isNews ? await answer.json() : null };
  }

  // ---- once the document is here
  wake() {
    this.render();
    this.doc.getMap("stages").observe(() => this.render());
    this.classList.add("is-live");
    this.addEventListener("submit", (event) => this.submitted(event));
    this.addEventListener("change", (event) => this.minutes(event));
    this.addEventListener("drawn", () => this.name());
    this.addEventListener("input", () => this.name());
    if ("fixed" in this.dataset) return;
    this.addEventListener("focusin", (event) => this.at(event.target.dataset.text ?? ""));
    this.addEventListener("focusin", (event) => event.target.matches("textarea[data-text], .plan-remark textarea") && this.hint(event.target));
    this.addEventListener("focusout", () => this.at(""));
    this.alive = setInterval(() => document.hidden || this.sync.at(this.place ?? ""), SIGN_OF_LIFE);
    this.sync.at("");
    this.drag();
  }

  listen() {
    document.addEventListener("changed", ({ detail }) => detail.names[0] === this.dataset.channel && this.sync.heard(detail.names[1]));
    document.addEventListener("listening", () => this.sync.heard("all"));
    this.querySelector("[data-live]")?.addEventListener("live", () => this.sync.heard("all"));
    // How many remarks there are stands outside of what htmx brings.
    this.addEventListener("htmx:after:settle", () => this.counts());
    addEventListener("online", () => this.sync.work());
    document.addEventListener("visibilitychange", () => document.hidden || this.sync.work());
    addEventListener("pagehide", () => this.leave());
    addEventListener("beforeunload", () => this.sync.work());
  }

  counts() {
    for (const box of this.querySelectorAll(".plan-remarks")) {
      const count = box.querySelectorAll(".talk > li").length;
      Object.assign(box.querySelector("[data-count]"), { textContent: count, hidden: !count });
    }
  }

  leave() {
    if ("fixed" in this.dataset || !navigator.onLine) return;
    const body = JSON.stringify({ visitor: this.sync.visitor, leaves: true, since: this.sync.last });
    fetch(this.dataset.push, { method: "POST", body, keepalive: true, headers: { "Content-Type": "application/json", "X-CSRFToken": token() } }).catch(() => {});
  }

  at(place) {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      if (place === (this.place ?? "")) return;
      this.place = place;
      this.sync.at(place);
    }, 60);
  }

  // ---- drawing
  render() {
    const { staying, gone } = documents.parts(this.doc);
    const here = document.activeElement;
    const at = here?.dataset?.text !== undefined && this.contains(here) ? [here.selectionStart, here.selectionEnd] : null;
    staying.forEach((part, n) => {
      const row = this.row(part.uid);
      const stands = this.list.querySelectorAll(":scope > li:not([hidden])")[n];
      row.hidden = false;
      if (stands !== row) this.list.insertBefore(row, stands ?? null);
      const minutes = row.querySelector("[data-minutes]");
      if (minutes !== document.activeElement) minutes.value = part.minutes;
    });
    const kept = new Set(staying.map(({ uid }) => uid));
    for (const row of this.list.children) row.hidden = !kept.has(row.dataset.uid);
    if (at && document.activeElement !== here && !here.closest("[hidden]")) {
      here.focus({ preventScroll: true });
      if (at[0] !== null) here.setSelectionRange(...at);
    }
    this.time(staying);
    this.away(gone);
  }

  row(uid) {
    let row = document.getElementById(`stage-${uid}`);
    if (!row) {
      const made = document.createElement("template");
      made.innerHTML = this.shape.innerHTML.replaceAll("UID", uid); // ours, and a name of letters and figures
      row = made.content.querySelector("li");
      this.list.append(row);
      window.htmx?.process?.(row);
    }
    if (!this.bound.has(uid)) {
      for (const element of row.querySelectorAll(".plan-field [name]")) this.bind(element, uid);
      this.bound.set(uid, row);
    }
    return row;
  }

  // That a name of a pupil may stand there is said beneath the field in which somebody writes.
  hint(field) {
    if (!this.dataset.names || field.nextElementSibling?.matches("name-hint")) return;
    const hint = document.createElement("name-hint");
    hint.setAttribute("role", "status");
    Object.assign(hint.dataset, { for: field.id, url: this.dataset.names });
    field.after(hint);
  }

  bind(element, uid) {
    const name = `${uid}/${element.name}`;
    const who = document.createElement("span");
    who.className = "whos";
    who.dataset.who = name;
    element.closest(".plan-field").append(who);
    element.dataset.text = name;
    element.id ||= name;
    element.placeholder = this.shape.content.querySelector(`[name="${element.name}"]`)?.placeholder ?? "";
    if (element.maxLength < 0) element.maxLength = LONGEST;
    return new Field(element, this.doc.getText(name), this.undo);
  }

  title(uid) {
    const number = documents.parts(this.doc).staying.findIndex((part) => part.uid === uid) + 1;
    return this.doc.getText(`${uid}/title`).toString().trim() || this.word("part", { number: number || "" });
  }

  time(staying) {
    let begins = 0;
    staying.forEach((part, n) => {
      const row = this.row(part.uid);
      const ends = begins + part.minutes;
      row.querySelector("[data-number]").textContent = n + 1;
      row.querySelector("[data-times]").textContent = this.word("times", { begins, ends });
      row.querySelector('[value="up"]').setAttribute("aria-disabled", n === 0);
      row.querySelector('[value="down"]').setAttribute("aria-disabled", n === staying.length - 1);
      begins = ends;
    });
    for (const sum of this.querySelectorAll("[data-together]")) sum.textContent = this.word("together", { minutes: begins });
    this.name();
  }

  name() {
    for (const [uid, row] of this.bound) {
      row.querySelector("[role=group]").setAttribute("aria-label", this.title(uid));
    }
  }

  // What was taken away stays within reach: it can be put back, with all that stands in it.
  away(gone) {
    const box = this.querySelector("[data-gone]");
    if (!box) return;
    box.hidden = !gone.length;
    const shape = this.querySelector("template[data-gone-row]");
    box.querySelector("ul").replaceChildren(
      ...gone.map(({ uid }) => {
        const made = document.createElement("template");
        made.innerHTML = shape.innerHTML.replaceAll("UID", uid);
        const row = made.content.querySelector("li");
        row.querySelector("[data-title]").textContent = this.title(uid);
        return row;
      }),
    );
  }

  // ---- deeds
  submitted(event) {
    const deed = event.submitter?.value ?? "save";
    const uid = event.target.elements.uid?.value;
    if (!event.target.matches("[data-plan-form]")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.submitter?.getAttribute("aria-disabled") === "true") return;
    if (deed === "add") this.add();
    else if (deed === "up" || deed === "down") this.move(uid, deed === "up" ? -1 : 1, event.submitter);
    else if (deed === "remove") this.remove(uid);
    else if (deed === "restore") this.restore(uid);
    else this.sync.work();
  }

  add() {
    const uid = documents.add(this.doc);
    if (!uid) return notify(this.word("too_many"), "warning");
    const row = this.row(uid);
    row.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    return row.querySelector("[data-text]").focus({ preventScroll: true });
  }

  move(uid, by, button) {
    const here = documents.parts(this.doc).staying.findIndex((part) => part.uid === uid);
    documents.place(this.doc, uid, here + by);
    button.focus();
    this.row(uid).scrollIntoView({ block: "nearest" });
    say(this.word("moved", { title: this.title(uid), number: here + by + 1 }));
  }

  remove(uid) {
    const title = this.title(uid);
    documents.setFact(this.doc, uid, "gone", true);
    say(this.word("removed", { title }));
    const box = this.querySelector("[data-gone]");
    box.open = true;
    box.querySelector("li:last-child button")?.focus();
  }

  restore(uid) {
    documents.setFact(this.doc, uid, "gone", false);
    this.row(uid).querySelector("[data-text]").focus();
  }

  minutes(event) {
    const field = event.target.closest("[data-minutes]");
    if (!field) return;
    const minutes = Math.min(Math.max(Math.round(Number(field.value)) || 0, 0), Number(field.max));
    documents.setFact(this.doc, field.closest("[data-uid]").dataset.uid, "minutes", minutes);
    field.value = minutes;
  }

  async drag() {
    const { default: Sortable } = await import("sortablejs");
    if (!this.isConnected) return;
    this.list.classList.add("can-drag");
    Sortable.create(this.list, {
      handle: ".grip",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      ghostClass: "is-moving",
      onEnd: ({ item }) => {
        const shown = [...this.list.querySelectorAll(":scope > li:not([hidden])")];
        documents.place(this.doc, item.dataset.uid, shown.indexOf(item));
        this.render();
      },
    });
  }

  // ---- what the server says
  told(state, news) {
    if (state === "news") return this.news(news);
    if (state === "refused") return this.refused(news);
    if (state === "signed_out" || state === "broken") notify(this.word(state), "warning");
    this.dataset.state = state;
    for (const place of this.querySelectorAll("[data-saved]")) place.textContent = this.word(state);
    return null;
  }

  news(news) {
    this.here(news.here.filter(({ visitor }) => visitor !== this.sync.visitor));
    if (news.fixed && !("fixed" in this.dataset)) this.fix(news.fixed);
    this.dispatchEvent(new CustomEvent("came"));
  }

  here(others) {
    const came = others.filter(({ visitor }) => this.others && !this.others.some((each) => each.visitor === visitor));
    this.others = others;
    clearTimeout(this.forget);
    if (others.length) this.forget = setTimeout(() => this.here([]), STAYS);
    for (const { name } of came) say(this.word("came", { name }));
    const faces = this.querySelector("[data-here]");
    const people = new Map(others.map((each) => [each.name, each]));
    faces?.replaceChildren(...[...people.values()].map((each) => face(each, each.name)));
    for (const place of this.querySelectorAll("[data-who]")) {
      const who = others.filter((each) => each.place && each.place === place.dataset.who);
      place.replaceChildren(...who.map((each) => face(each, this.word("writes_here", each), true)));
      place.closest(".plan-field").classList.toggle("is-written", who.length > 0);
    }
  }

  // The plan was fixed while this page was open: nothing is typed in it any more. What was typed stays in sight.
  fix(sentence) {
    this.dataset.fixed = "";
    for (const field of this.querySelectorAll("[data-text], [data-minutes]")) field.readOnly = true;
    this.classList.add("is-fixed");
    if (!this.sync.waiting.length) notify(sentence, "info");
    this.sync.work();
  }

  async refused(news) {
    if (this.offered) return;
    this.offered = true;
    this.fix(news?.sentence ?? "");
    const box = this.querySelector("[data-unsent]");
    const stored = new Y.Doc();
    const { news: all } = await this.ask("pull", { since: 0 }).catch(() => ({}));
    if (all?.update) Y.applyUpdate(stored, Uint8Array.from(atob(all.update), (letter) => letter.charCodeAt(0)));
    const texts = [...this.doc.share.keys()].filter((name) => name.includes("/") && this.doc.getText(name).toString() !== stored.getText(name).toString());
    box.querySelector("textarea").value = texts.map((name) => this.doc.getText(name).toString()).filter(Boolean).join("\n\n");
    box.querySelector("[data-sentence]").textContent = news?.sentence ?? "";
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
    say(news?.sentence ?? "");
    box.querySelector("[data-discard]").onclick = () => {
      this.sync.store.write([]);
      location.reload();
    };
    const next = box.querySelector("[data-next]");
    next.hidden = !news?.next_push;
    next.onclick = () => this.carry(news);
  }

  // What was written on this device after the plan was fixed fits in the version that was made from it.
  async carry(news) {
    const changes = this.sync.waiting.map(({ key, update }) => ({ key, update }));
    this.dataset.push = news.next_push;
    const { status } = await this.ask("push", { changes, since: 0 }).catch(() => ({}));
    if (status !== 200) return notify(this.word("waiting"), "warning");
    this.sync.store.write([]);
    location.assign(news.next);
    return null;
  }
}

function face({ initials, hue, name }, title, named = false) {
  const who = document.createElement("span");
  who.className = "who";
  const round = document.createElement("span");
  round.className = `avatar avatar--small h${hue}`;
  round.setAttribute("aria-hidden", "true");
  round.textContent = initials;
  const words = document.createElement("span");
  if (!named) words.className = "name";
  words.textContent = named ? title : name;
  who.append(round, words);
  return who;
}

customElements.define("plan-page", PlanPage);
