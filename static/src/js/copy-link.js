// <copy-link>: shows its button, which copies the address in its field. Without script the field can be selected.
import { say } from "./notices.js";
import { word } from "./words.js";

class CopyLink extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    if (!field || !button) return;
    button.hidden = false;
    button.onclick = async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      const label = button.querySelector("span") ?? button;
      const before = label.textContent;
      label.textContent = word("copied");
      say(word("copied"));
      setTimeout(() => (label.textContent = before), 2500);
    };
    field.onfocus = () => field.select();
  }
}

customElements.define("copy-link", CopyLink);
