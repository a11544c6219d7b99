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

// <copy-part>: a button that copies the words beside it, to take over one step of a lesson.
class CopyPart extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const words = this.parentElement.querySelector("[data-part]");
    if (!button || !words || !navigator.clipboard) return;
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(words.innerText.trim());
      this.classList.add("is-copied");
      say(word("copied"));
      setTimeout(() => this.classList.remove("is-copied"), 2500);
    };
  }
}

customElements.define("copy-part", CopyPart);
