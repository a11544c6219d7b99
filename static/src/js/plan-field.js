// A text box bound to a shared text: what is typed goes in by its least change, what others type comes in without moving
// the cursor. Ctrl-Z takes back what I typed, never what another did.
import { follow, LOCAL, rewrite } from "./plan-document.js";

export class Field {
  constructor(element, text, undo) {
    Object.assign(this, { element, text, undo });
    // Typed before the document was here: that counts as well.
    const early = element.value !== element.defaultValue ? element.value : null;
    this.draw();
    if (early !== null) this.typed(this.text.toString() === element.defaultValue ? early : `${this.text}${early}`);
    element.addEventListener("input", () => this.composing || this.typed(element.value, element.selectionEnd ?? 0));
    element.addEventListener("compositionstart", () => (this.composing = true));
    element.addEventListener("compositionend", () => {
      this.composing = false;
      this.typed(element.value, element.selectionEnd ?? 0);
      if (this.missed) this.draw();
    });
    element.addEventListener("keydown", (event) => this.takeBack(event));
    this.text.observe((event, transaction) => transaction.origin === LOCAL || this.changed(event.delta));
  }

  typed(value, cursor = 0) {
    if (this.missed) return; // letters are still being put together over what came in
    rewrite(this.text, value, cursor);
  }

  changed(delta) {
    if (this.composing) return (this.missed = true);
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = this.element;
    this.draw();
    if (document.activeElement !== this.element) return null;
    this.element.setSelectionRange(follow(selectionStart, delta), follow(selectionEnd, delta), selectionDirection);
    this.element.scrollTop = scrollTop;
    return null;
  }

  draw() {
    this.missed = false;
    const value = this.text.toString();
    if (this.element.value !== value) this.element.value = value;
    this.element.dispatchEvent(new CustomEvent("drawn", { bubbles: true }));
  }

  takeBack(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !/^[zy]$/i.test(event.key)) return;
    event.preventDefault();
    if (event.shiftKey || event.key.toLowerCase() === "y") this.undo.redo();
    else this.undo.undo();
  }
}
