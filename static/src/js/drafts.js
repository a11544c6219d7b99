// What is typed goes to the server a moment after each pause, so that it is found on another device as well.
// <keep-text> around the form keeps it on this one, and learns here what the server has.
const PAUSE = 1200;

export function keepDraft(editor, form) {
  const state = editor.querySelector(".editor-state");
  let soon;
  let last = words();

  function words() {
    const all = new FormData(form);
    return JSON.stringify({ title: all.get("title") ?? "", text: all.get("text") ?? "" });
  }

  async function send() {
    const now = words();
    if (now === last) return;
    const body = new FormData();
    for (const [name, value] of Object.entries(JSON.parse(now))) body.set(name, value);
    const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
    const answer = await fetch(editor.dataset.draft, {
      method: "POST", body, headers: { "X-CSRFToken": token },
    }).catch(() => null);
    if (answer?.status === 204) {
      last = now;
      state.textContent = editor.dataset.kept;
      const keeper = form.closest("keep-text");
      if (keeper?.base) {
        Object.assign(keeper.base, JSON.parse(now)); // this is what the form will begin with
        keeper.keepNow();
      }
    } else state.textContent = answer?.status === 422 ? (await answer.text()).replace(/^\*.*\n\s*\*\s*/, "") : "";
  }

  form.addEventListener("input", () => {
    clearTimeout(soon);
    state.textContent = "";
    soon = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(soon));
}
