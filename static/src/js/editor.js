// <text-editor> around a text box: a small toolbar for Markdown, members by @, how it will look (made by the server),
// and a draft on the server. All of it is an addition: the form works without.
import { keepDraft } from "./drafts.js";
import { say } from "./notices.js";

const MARKS = {
  bold: { around: "**" },
  italic: { around: "_" },
  list: { before: "- " },
  numbers: { before: "1. " },
  quote: { before: "> " },
};
const KEYS = { b: "bold", i: "italic", k: "link" };
const AT = /(?:^|[\s(])@([\p{L}'’.-]*(?: [\p{L}'’.-]*){0,3})$/u;
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

class TextEditor extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.bar = this.querySelector(".editor-bar");
    if (!this.area || !this.bar) return;
    this.bar.hidden = false;
    this.bar.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
    this.bar.addEventListener("keydown", (event) => this.along(event));
    this.area.addEventListener("keydown", (event) => this.typed(event));
    this.area.addEventListener("input", () => this.changed());
    this.preview = this.querySelector(".editor-preview");
    this.people = this.querySelector(".editor-people");
    this.people?.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the text box keeps the focus
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
    this.area.addEventListener("blur", () => this.closePeople());
    if (this.dataset.draft) keepDraft(this, this.area.form);
  }

  // The toolbar: one stop for Tab, arrows within.
  along(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.bar.querySelectorAll("button")];
    const next = buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  }

  pressed(button) {
    if (!button) return;
    if ("look" in button.dataset) return this.look(button);
    this.mark(button.dataset.mark);
  }

  mark(name) {
    const { selectionStart: from, selectionEnd: to, value } = this.area;
    const chosen = value.slice(from, to);
    const { around, before } = MARKS[name] ?? {};
    this.area.focus();
    if (around) this.put(`${around}${chosen}${around}`, from, to, around.length, chosen.length);
    else if (before) {
      const start = value.lastIndexOf("\n", from - 1) + 1;
      const lines = value.slice(start, to).split("\n").map((line) => before + line);
      this.put(lines.join("\n"), start, to, lines.join("\n").length);
    } else if (name === "link") {
      const words = chosen || "…";
      this.put(`[${words}](https://)`, from, to, words.length + 3, 8);
    } else if (name === "mention") {
      this.put(/(^|\s)$/.test(value.slice(0, from)) ? "@" : " @", from, to);
    }
  }

  // As if typed, so that undoing works.
  put(text, from, to, caret = text.length, length = 0) {
    this.area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, from, to, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.area.setSelectionRange(from + caret, from + caret + length);
  }

  typed(event) {
    if (this.people && !this.people.hidden && this.throughPeople(event)) return event.preventDefault();
    const mark = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.key.toLowerCase()];
    if (!mark) return;
    event.preventDefault();
    this.mark(mark);
  }

  changed() {
    if (this.preview && !this.preview.hidden) {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.fill(), 500);
    }
    if (this.dataset.people) this.ask();
  }

  // How it will look -------------------------------------------------------------------------------
  async look(button) {
    const isOpen = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isOpen));
    this.preview.hidden = isOpen;
    if (!isOpen) await this.fill();
  }

  async fill() {
    const body = new FormData();
    body.set("text", this.area.value);
    const answer = await fetch(this.dataset.preview, { method: "POST", body, headers: { "X-CSRFToken": token() } }).catch(() => null);
    if (answer?.ok && !answer.redirected) this.preview.innerHTML = await answer.text(); // cleaned by the server
  }

  // Members ----------------------------------------------------------------------------------------
  async ask() {
    const found = this.area.value.slice(Math.max(this.area.selectionEnd - 150, 0), this.area.selectionEnd).match(AT);
    if (!found) return this.closePeople();
    clearTimeout(this.asking);
    this.asking = setTimeout(async () => {
      const answer = await fetch(`${this.dataset.people}?q=${encodeURIComponent(found[1])}`).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      this.people.innerHTML = await answer.text();
      const options = this.options();
      if (!options.length) return this.closePeople();
      this.people.hidden = false;
      this.area.setAttribute("aria-controls", this.people.id);
      this.point(options[0]);
      say(options.map((option) => option.dataset.name).join(", "));
    }, 150);
  }

  options() {
    return [...this.people.querySelectorAll("[role=option]")];
  }

  point(option) {
    for (const each of this.options()) each.setAttribute("aria-selected", String(each === option));
    this.area.setAttribute("aria-activedescendant", option.id);
  }

  throughPeople(event) {
    const options = this.options();
    const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.point(options.at((here + step) % options.length));
    else if (event.key === "Enter" || event.key === "Tab") this.choose(options[here]);
    else if (event.key === "Escape") this.closePeople();
    else return false;
    return true;
  }

  choose(option) {
    const caret = this.area.selectionEnd;
    const found = this.area.value.slice(0, caret).match(AT);
    this.closePeople();
    if (found) this.put(`${option.dataset.name} `, caret - found[1].length, caret);
  }

  closePeople() {
    clearTimeout(this.asking);
    if (!this.people || this.people.hidden) return;
    this.people.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
    this.area.removeAttribute("aria-controls");
  }
}

customElements.define("text-editor", TextEditor);
