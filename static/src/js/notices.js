// Sentences that appear without a new page: spoken through #live, shown in #messages.
import { word } from "./words.js";

/** Let a screen reader speak this sentence. */
export function say(text) {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

/** Show a sentence above the page, where it stays until it is closed. */
export function notify(text, level = "info") {
  const box = document.getElementById("messages");
  if (!box) return;
  const notice = document.createElement("div");
  notice.className = `notice notice--${level}`;
  notice.dataset.level = level;
  const body = document.createElement("div");
  body.className = "body";
  body.textContent = text;
  notice.append(body, closer());
  box.append(notice);
  notice.scrollIntoView({ block: "nearest" });
  say(text);
}

function closer() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-icon close";
  button.dataset.close = "";
  button.setAttribute("aria-label", word("close"));
  button.textContent = "×";
  return button;
}

// Messages rendered by the server get their close button here: without script they simply stay.
function dress(root = document) {
  for (const notice of root.querySelectorAll("#messages .notice:not(:has([data-close]))")) notice.append(closer());
}

document.addEventListener("click", (event) => {
  const notice = event.target.closest("[data-close]")?.closest(".notice");
  if (!notice) return;
  notice.remove();
  document.getElementById("main")?.focus();
});

document.addEventListener("htmx:after:swap", () => dress());
document.addEventListener("htmx:after:process", (event) => {
  const spoken = event.target.querySelector?.("[data-say]") ?? (event.target.dataset?.say ? event.target : null);
  if (spoken?.dataset.say && document.readyState === "complete") say(spoken.dataset.say);
});
dress();
