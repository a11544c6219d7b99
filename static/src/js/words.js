// Words on screen come from Django's gettext, through <script type="application/json" id="words"> in base.html.
const block = document.querySelector("script#words");
const words = block ? JSON.parse(block.textContent) : {};

/** The words known by this key; `{name}` in them is filled in. */
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
