// Her notes of this lesson, as this device has them: the last first, each with what can be done with it.
import { say } from "./notices.js";
import * as store from "./observe-store.js";

const UNDO = 8_000;
const two = (n) => String(n).padStart(2, "0");
/** Minutes and seconds since the beginning of the lesson. */
export const clock = (seconds) => `${two(Math.floor(seconds / 60))}:${two(Math.floor(seconds) % 60)}`;

export class Notes {
  constructor(page) {
    this.page = page;
    this.list = page.piece("notes");
    this.rows = [];
    this.waiting = 0;
    this.list.addEventListener("click", ({ target }) => {
      const deed = target.closest("[data-deed]")?.dataset.deed;
      const note = this.rows.find(({ key }) => key === target.closest("li")?.dataset.key);
      if (deed === "undo") this.undo(note);
      if (deed === "correct" && !page.row.closed) page.correct(note);
      if (deed === "again") this.again();
    });
  }

  async read() {
    const all = await store.notes(this.page.person, this.page.lesson);
    this.waiting = all.filter((note) => store.isWaiting(note) || store.photoWaits(note)).length;
    this.rows = all.filter((note) => !note.withdrawn).sort((a, b) => b.made - a.made);
  }

  /** Seconds after the beginning, also where that became known only later. */
  offset({ made, offset }) {
    const { began } = this.page.row;
    return began ? Math.max(0, Math.floor((made - began) / 1000)) : (offset ?? 0);
  }

  show() {
    const { page, rows } = this;
    const state = JSON.stringify([rows, page.row.began, page.row.closed, this.gone?.key]);
    if (state === this.shown) return;
    this.shown = state;
    const key = rows.length === 0 ? "your_none" : rows.length === 1 ? "your_one" : "your_notes";
    page.piece("notes-title").textContent = page.word(key, { n: rows.length });
    this.list.replaceChildren(...(this.gone ? [this.goneRow()] : []), ...rows.map((note) => this.row(note)));
    for (const place of page.querySelectorAll("[data-count]")) {
      const n = rows.filter((note) => String(note.pupil ?? "") === place.dataset.count).length;
      const pupil = page.data.pupils.find(({ id }) => String(id) === place.dataset.count);
      if (n || !pupil?.reserve) place.textContent = page.word(n === 0 ? "notes_none" : n === 1 ? "notes_one" : "notes", { n });
    }
  }

  row(note) {
    const { page } = this;
    const made = page.piece("row").content.firstElementChild.cloneNode(true);
    const code = page.data.codes[note.pupil];
    const at = clock(this.offset(note));
    made.dataset.key = note.key;
    const sign = made.querySelector(".pupil");
    if (code) {
      const who = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: page.word("pupil", { code: "" }) });
      sign.append(who, code);
    } else {
      sign.classList.add("pupil--class");
      sign.append(page.piece("class-sign").content.cloneNode(true));
    }
    made.querySelector(".num").textContent = at;
    const mark = note.match && page.querySelector(`template[data-match="${note.match}"]`);
    if (mark) made.querySelector(".sub").append(mark.content.cloneNode(true));
    if (store.isWaiting(note) || store.photoWaits(note)) made.querySelector(".state").append(page.piece("wait-sign").content.cloneNode(true));
    const fact = made.querySelector(".o-fact");
    fact.textContent = note.fact || (note.photo || note.picture ? page.word("photo") : "–");
    fact.setAttribute("aria-label", `${fact.textContent} – ${page.word("correct", { at })}`);
    if (note.thumb || note.picture) fact.after(Object.assign(document.createElement("img"), { src: note.thumb ?? note.picture, alt: page.word("photo"), loading: "lazy" }));
    const said = made.querySelector(".o-said");
    said.textContent = note.refused ?? (note.photoRefused ? page.word("photo_refused", { why: note.photoRefused }) : (note.named ?? ""));
    said.hidden = !said.textContent;
    const undo = made.querySelector('[data-deed="undo"]');
    undo.setAttribute("aria-label", page.word("undo", { at }));
    if (page.row.closed) {
      undo.remove();
      fact.disabled = true;
    }
    return made;
  }

  goneRow() {
    const made = document.createElement("li");
    made.className = "gone";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet btn-sm", textContent: this.page.word("again") });
    button.dataset.deed = "again";
    made.append(Object.assign(document.createElement("span"), { textContent: this.page.word("undone") }), button);
    return made;
  }

  /** Taken away, and for a moment it can be put back. It is sent as taken away, so that it is gone everywhere. */
  async undo(note) {
    this.gone = await store.save({ ...note, withdrawn: true });
    clearTimeout(this.going);
    this.going = setTimeout(() => this.letGo(), UNDO);
    say(this.page.word("undone"));
    await this.changed();
    this.list.querySelector('[data-deed="again"]')?.focus();
    this.page.send();
  }

  async again() {
    clearTimeout(this.going);
    const kept = await store.notes(this.page.person, this.page.lesson);
    const { sequence } = kept.find(({ key }) => key === this.gone.key) ?? this.gone;
    await store.save({ ...this.gone, sequence, withdrawn: false });
    this.gone = null;
    await this.changed();
    this.page.send();
  }

  letGo() {
    this.gone = null;
    this.show();
  }

  async changed() {
    await this.read();
    this.page.show();
  }

  top() {
    this.list.closest(".o-notes").scrollTop = 0;
  }
}
