// <name-hint data-for="id_text" data-url="…"> beneath a text box: a moment after somebody stopped typing it says that a
// name of a pupil may stand there. Nothing is kept of what was asked; without script the same is said after saving.
const PAUSE = 900;

class NameHint extends HTMLElement {
  connectedCallback() {
    this.box = document.getElementById(this.dataset.for);
    this.typed = () => {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.ask(), PAUSE);
    };
    this.box?.addEventListener("input", this.typed);
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    this.box?.removeEventListener("input", this.typed);
  }

  async ask() {
    const text = this.box.value;
    if (text === this.asked) return;
    this.asked = text;
    const body = new FormData();
    body.set("text", text);
    const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
    const answer = await fetch(this.dataset.url, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
    if (!answer?.ok || answer.redirected || this.asked !== text) return;
    const hint = answer.status === 204 ? "" : await answer.text();
    if (hint !== this.shown) this.innerHTML = this.shown = hint; // made by the server
  }
}

customElements.define("name-hint", NameHint);
