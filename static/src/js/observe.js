// <observe-page>: an observer's page that needs no network. All that she writes is kept on the device first
// (observe-store.js) and sent when it can be (observe-send.js). The clock is the lesson's: how far this device is from the
// server's time is measured whenever there is a network, so that a clock that is wrong by an hour does no harm.
import { notify, say } from "./notices.js";
import { Notes, clock } from "./observe-notes.js";
import { smaller, seen } from "./observe-photo.js";
import { send } from "./observe-send.js";
import * as store from "./observe-store.js";

const LOOK = 15_000; // how often it asks whether the lesson has begun, or the discussion

class ObservePage extends HTMLElement {
  connectedCallback() {
    this.awake = this.wake();
  }

  async wake() {
    this.data = JSON.parse(document.getElementById("observe-data").textContent);
    this.words = this.data.words;
    this.piece = (name) => this.querySelector(`[data-name="${name}"]`);
    this.form = this.piece("entry");
    this.fact = this.piece("fact");
    try {
      await this.open();
    } catch {
      notify(this.word("no_store"), "error"); // a private window: then the plain form does it
      return;
    }
    this.notes = new Notes(this);
    await this.notes.read();
    this.listen();
    this.restore();
    this.show();
    setInterval(() => this.tick(), 500);
    setInterval(() => this.look(), LOOK);
    this.send();
    this.look();
    this.stayOnDevice();
  }

  word(key, values = {}) {
    return (this.words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  get person() {
    return this.data.person;
  }

  get lesson() {
    return this.data.lesson;
  }

  /** The row of this lesson on this device. A page from the server brings its clock; a kept one has only ours. */
  async open() {
    localStorage.setItem(store.flag(this.person), "1");
    const [came] = performance.getEntriesByType("navigation");
    const age = Date.now() - (performance.timeOrigin + (came?.responseStart ?? 0));
    this.row = await store.lesson(this.person, this.lesson, (row) => {
      row.urls = this.data.urls;
      const isNew = this.data.now > (row.page ?? 0);
      if (!isNew) return; // it was kept: what we heard since is newer
      row.page = this.data.now;
      row.offset = this.data.now - (Date.now() - age);
      this.hear(this.data, row);
    });
    if (this.row.page === this.data.now) await store.bring(this.person, this.lesson, this.data.notes);
  }

  /** What the server says of the lesson, into the row of this device. */
  hear({ began, closed, waits, from, handed_in }, row) {
    Object.assign(row, { closed, waits, from, handedIn: handed_in });
    // Begun here without a network: ours counts until the server knows it, and then the first of all.
    if (began || !row.beganHere || row.beganSent) row.began = began;
  }

  async heard(said, took = 0) {
    this.online(true);
    if (said) {
      const late = took / 2;
      this.row = await store.lesson(this.person, this.lesson, (row) => {
        row.offset = said.now + late - Date.now();
        this.hear(said, row);
      });
    }
    await this.notes.read();
    this.show();
  }

  // ---- time
  get now() {
    return Date.now() + this.row.offset;
  }

  get seconds() {
    return this.row.began ? Math.max(0, Math.floor((this.now - this.row.began) / 1000)) : 0;
  }

  /** The number of the part: the one that she chose, until the clock comes there; else the one of the clock. */
  get stage() {
    const { stages } = this.data;
    const minute = this.seconds / 60;
    let byClock = stages.findIndex((stage) => minute < stage.begins + stage.minutes);
    if (byClock < 0) byClock = stages.length - 1;
    if (this.chosen === byClock) this.chosen = undefined;
    return this.chosen ?? byClock;
  }

  choose(n) {
    if (n < 0 || n >= this.data.stages.length) return;
    this.chosen = n;
    this.show();
  }

  tick() {
    const { seconds } = this;
    if (this.row.began) {
      this.piece("time").textContent = clock(seconds);
      const minutes = Math.floor(seconds / 60);
      if (minutes !== this.minute) {
        this.minute = minutes;
        this.piece("clock").setAttribute("aria-label", this.word("clock", { minutes }));
        this.showStage();
      }
    }
  }

  // ---- what is on the page
  show() {
    const { began, closed, waits, from } = this.row;
    const isEarly = Boolean(waits) && this.now < from;
    this.classList.toggle("has-begun", Boolean(began));
    this.classList.toggle("is-closed", Boolean(closed));
    this.piece("clock").hidden = !began;
    this.piece("begin").hidden = Boolean(began || closed);
    this.piece("waits").hidden = !isEarly;
    this.piece("starts").hidden = isEarly;
    this.piece("closed").hidden = !closed;
    this.piece("closed-words").textContent = closed ?? "";
    this.form.hidden = Boolean(closed);
    this.tick();
    this.showStage();
    this.showEntry();
    this.notes.show();
    this.showKept();
    this.showHandIn();
  }

  showStage() {
    const { stages } = this.data;
    const n = this.stage;
    const stage = stages[n];
    if (!stage) return;
    if (this.shownStage !== n) {
      this.shownStage = n;
      this.piece("stage-title").textContent = stage.title;
      this.piece("before").disabled = n === 0;
      this.piece("after").disabled = n === stages.length - 1;
      const lines = stage.look.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
      this.piece("look-lines").replaceChildren(...lines);
      this.piece("look").hidden = !lines.length;
      this.showEntry();
    }
    const left = Math.ceil(stage.begins + stage.minutes - this.seconds / 60);
    const key = this.chosen !== undefined ? "by_hand" : !this.row.began ? "part" : left > 0 ? "part_left" : "part_over";
    this.piece("stage-said").textContent = this.word(key, { n: n + 1, all: stages.length, minutes: left });
    stages.forEach(({ id, begins, minutes }, m) => {
      const state = m < n ? "done" : m === n ? "now" : "";
      this.querySelector(`[data-step="${id}"]`).className = state;
      const button = this.querySelector(`[data-part="${id}"]`);
      button.dataset.state = state;
      m === n ? button.setAttribute("aria-current", "step") : button.removeAttribute("aria-current");
      button.querySelector("small").textContent = this.word(state === "done" ? "was" : "from_to", { from: begins, to: begins + minutes });
    });
  }

  get pupil() {
    const value = this.form.querySelector('[name="pupil"]:checked')?.value;
    return this.data.pupils.find(({ id }) => String(id) === value) ?? null;
  }

  showEntry() {
    const { pupil } = this;
    const stage = this.data.stages[this.stage];
    const expected = pupil && stage ? this.data.expected[`${stage.id}-${pupil.id}`] : "";
    this.piece("expect-of").textContent = expected ? this.word("expected", { code: pupil.code }) : "";
    this.piece("expect-words").textContent = expected || (pupil ? this.word("nothing_expected", { code: pupil.code }) : this.word("nothing_of_class"));
    this.piece("asked").textContent = pupil ? this.word("asked", { code: pupil.code }) : this.word("asked_class");
    this.form.classList.toggle("is-judged", Boolean(expected));
  }

  showKept() {
    const waiting = this.notes.waiting;
    const key = waiting ? (waiting === 1 ? "waiting_one" : "waiting") : this.notes.rows.length ? "sent" : this.row.readySent ? "ready" : "kept";
    const words = this.word(this.stopped && waiting ? "kept" : key, { n: waiting });
    const place = this.piece("kept-words");
    if (place.textContent !== words) place.textContent = words;
    this.piece("sync").classList.toggle("is-waiting", waiting > 0);
    this.piece("net").hidden = !this.away;
  }

  showHandIn() {
    const form = this.piece("hand-in");
    if (!form) return;
    form.hidden = Boolean(this.row.closed) || !this.row.began;
    const button = form.querySelector("button");
    if (this.row.handedIn && !this.toldHandedIn) {
      this.toldHandedIn = true;
      const at = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit", timeZone: "Europe/Amsterdam" }).format(this.row.handedIn);
      button.replaceChildren(this.word("handed_in_short"));
      button.title = this.word("handed_in", { at });
      button.disabled = true;
    }
  }

  // ---- what she does
  listen() {
    this.form.addEventListener("submit", (event) => this.keep(event));
    this.form.addEventListener("change", (event) => event.target.name === "pupil" && (this.showEntry(), this.remember()));
    this.fact.addEventListener("input", () => this.typed());
    for (const radio of this.form.querySelectorAll('[name="pupil"]')) radio.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.querySelector(".o-chips").addEventListener("click", ({ target }) => target.dataset.word && this.begins(target.dataset.word));
    this.piece("before").addEventListener("click", () => this.choose(this.stage - 1));
    this.piece("after").addEventListener("click", () => this.choose(this.stage + 1));
    for (const button of this.querySelectorAll("[data-part]")) {
      button.addEventListener("click", () => this.choose(this.data.stages.findIndex(({ id }) => String(id) === button.dataset.part)));
    }
    this.piece("photo").addEventListener("change", (event) => this.photographed(event.target));
    this.piece("photo-away").addEventListener("click", () => this.withPhoto(null));
    this.piece("stop-correcting").addEventListener("click", () => this.correct(null));
    this.piece("begin").addEventListener("submit", (event) => this.begin(event));
    this.piece("hand-in")?.addEventListener("submit", (event) => this.handIn(event));
    this.piece("back").addEventListener("click", (event) => this.goBack(event));
    addEventListener("online", () => (this.online(true), this.send(), this.look()));
    addEventListener("offline", () => this.online(false));
    document.addEventListener("visibilitychange", () => document.hidden || (this.tick(), this.send(), this.look()));
    if (!navigator.onLine) this.online(false);
  }

  typed() {
    this.startedAt ??= this.now;
    if (!this.fact.value.trim()) this.startedAt = undefined;
    this.wrong("");
    this.remember();
  }

  /** A quick word: at the beginning, or after what stands there. */
  begins(words) {
    const was = this.fact.value;
    this.fact.value = `${was}${was && !/\s$/.test(was) ? " " : ""}${words}`.slice(0, this.fact.maxLength);
    this.fact.focus();
    this.fact.setSelectionRange(this.fact.value.length, this.fact.value.length);
    this.typed();
  }

  async keep(event) {
    event.preventDefault();
    const match = event.submitter?.name === "match" ? event.submitter.value : "";
    let fact = this.fact.value.trim();
    if (!fact && !match && !this.photo && !this.correcting?.photo) return this.wrong(this.word("empty"));
    if ((fact.match(/“/g) ?? []).length > (fact.match(/”/g) ?? []).length) fact += "”";
    const { pupil, photo } = this;
    const made = this.correcting?.made ?? Math.round(this.startedAt ?? this.now);
    const base = this.correcting ?? { key: store.uuid(), person: this.person, lesson: this.lesson, made, offset: this.row.began ? Math.max(0, Math.floor((made - this.row.began) / 1000)) : 0 };
    const stage = this.correcting ? this.correcting.stage : this.data.stages[this.stage]?.id ?? null;
    const note = { ...base, stage, pupil: pupil?.id ?? null, fact, match, quote: fact.includes("“"), refused: undefined };
    if (photo) Object.assign(note, { photo: true, thumb: photo.thumb, photoSent: false });
    let kept;
    try {
      kept = await store.save(note, photo?.blob);
    } catch {
      if (!photo) return this.wrong(this.word("no_store"));
      this.wrong(this.word("photo_room"));
      kept = await store.save({ ...note, photo: false, thumb: undefined });
    }
    this.fact.value = "";
    this.startedAt = undefined;
    this.withPhoto(null);
    this.correct(null);
    this.remember();
    await this.notes.read();
    this.show();
    this.notes.top();
    say(this.word("saved", { code: pupil?.code ?? this.word("class"), at: clock(this.notes.offset(kept)) }));
    this.send();
  }

  wrong(words) {
    const place = this.piece("wrong");
    place.textContent = words;
    place.hidden = !words;
    if (words) {
      this.fact.setAttribute("aria-invalid", "true");
      this.fact.focus();
      say(words);
    } else this.fact.removeAttribute("aria-invalid");
  }

  /** Words that were not kept yet come back after a closed tab or an empty battery; with them whom they are about. */
  remember() {
    clearTimeout(this.remembering);
    const pupil = this.form.querySelector('[name="pupil"]:checked')?.value;
    const draft = { fact: this.correcting ? "" : this.fact.value, pupil, startedAt: this.startedAt };
    this.remembering = setTimeout(() => store.lesson(this.person, this.lesson, (row) => void (row.draft = draft)), 200);
  }

  restore() {
    const { fact, pupil, startedAt } = this.row.draft ?? {};
    const radio = pupil === undefined ? null : this.form.querySelector(`[name="pupil"][value="${CSS.escape(pupil)}"]`);
    if (radio) radio.checked = true;
    if (!fact || this.fact.value) return;
    this.fact.value = fact;
    this.startedAt = startedAt;
  }

  correct(note) {
    this.correcting = note;
    this.piece("correcting").hidden = !note;
    this.classList.toggle("is-correcting", Boolean(note));
    if (!note) return;
    this.piece("correcting-words").textContent = this.word("correcting", { at: clock(this.notes.offset(note)) });
    const radio = this.form.querySelector(`[name="pupil"][value="${note.pupil ?? ""}"]`);
    if (radio) radio.checked = true;
    this.fact.value = note.fact;
    this.showEntry();
    this.fact.focus();
  }

  // ---- a photo: of work; she is asked before it is kept
  async photographed(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const photo = await smaller(file);
    if (!photo) return this.wrong(this.word("photo_bad"));
    const dialog = this.piece("look-first");
    this.piece("look-first-shown").src = await seen(photo.blob);
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && this.withPhoto(photo), { once: true });
    dialog.showModal();
  }

  withPhoto(photo) {
    this.photo = photo;
    if (photo) {
      this.startedAt ??= this.now;
      this.piece("photo-shown").src = photo.thumb;
      this.wrong("");
    }
    this.piece("photo-kept").hidden = !photo;
  }

  // ---- the beginning and the end
  async begin(event) {
    event.preventDefault();
    const at = Math.round(this.now);
    this.row = await store.lesson(this.person, this.lesson, (row) => Object.assign(row, { began: at, beganHere: at, beganSent: false }));
    this.show();
    this.fact.focus({ preventScroll: true });
    this.send();
  }

  async handIn(event) {
    if (this.sending || this.notes.waiting || this.away) {
      event.preventDefault();
      event.stopImmediatePropagation();
      await this.send();
      if (this.notes.waiting || this.away) return notify(this.word("hand_in_waits"), "warning");
      event.target.requestSubmit();
    }
  }

  goBack(event) {
    if (navigator.onLine && !this.away) return;
    event.preventDefault();
    notify(this.word("stay"), "info");
  }

  // ---- the network
  online(is) {
    if (this.away === !is) return;
    this.away = !is;
    this.showKept();
  }

  async send() {
    if (this.stopped) return "";
    this.again = Boolean(this.sending);
    if (this.sending) return this.sending;
    this.sending = send(this.person, this.lesson, { heard: (said, took) => this.heard(said, took), failed: (why, sentence) => this.failed(why, sentence) });
    const why = await this.sending;
    this.sending = null;
    await this.notes.read();
    this.show();
    if (this.again && !why) return this.send();
    return why;
  }

  failed(why, sentence) {
    if (why === "offline") return this.online(false);
    if (why === "failed" || this.stopped) return null;
    this.stopped = why;
    return notify(sentence || this.word(why === "other" ? "other" : "sign_in"), "warning");
  }

  /** Has the lesson begun, has the discussion? And is anybody there? */
  async look() {
    if (this.stopped || document.hidden) return;
    const asked = performance.now();
    try {
      const answer = await fetch(this.data.urls.state, { signal: AbortSignal.timeout(8_000) });
      if (answer.redirected) return this.failed("sign_in");
      const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
      if (answer.status === 403) return this.failed("stopped", said.sentence);
      if (!answer.ok) return;
      await this.heard(said, performance.now() - asked);
      if (this.notes.waiting) this.send();
    } catch {
      this.online(false);
    }
  }

  // ---- staying on this device: the page itself, and a store that the browser does not clear
  async stayOnDevice() {
    navigator.storage?.persist?.();
    if (!navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(this.dataset.worker);
      await navigator.serviceWorker.ready;
      const kept = await caches.open(`${store.PAGES}${this.person}`);
      if (navigator.onLine) {
        await kept.add(location.pathname);
        if (this.dataset.also) await kept.add(this.dataset.also);
        if (!this.row.ready) this.row = await store.lesson(this.person, this.lesson, (row) => void (row.ready = true));
        this.dataset.kept = "1";
        this.send();
      }
    } catch {
      // No service worker here: it works as long as the page is open.
    }
  }
}

customElements.define("observe-page", ObservePage);
