// data-confirm="sentence" on a form or its button asks first, in a dialog. Without script the form's own
// page (or its undo) is the safety, so a deed that cannot be undone has a page of its own.
import { word } from "./words.js";

/** Ask in a dialog; true when she agrees. */
export function ask(sentence, deed) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const text = document.createElement("p");
    text.className = "lead-line";
    text.id = "confirm-text";
    text.textContent = sentence;
    dialog.setAttribute("aria-labelledby", text.id);
    const deeds = document.createElement("form");
    deeds.method = "dialog";
    deeds.className = "deeds";
    deeds.append(button(deed, "yes", "btn-primary"), button(word("cancel"), "", "btn-plain"));
    dialog.append(text, deeds);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function button(label, value, kind) {
  const made = document.createElement("button");
  made.className = `btn ${kind}`;
  made.value = value;
  made.textContent = label;
  return made;
}

const agreed = new WeakSet();

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const sentence = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!sentence || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    if (!(await ask(sentence, submitter?.textContent.trim() || word("confirm")))) return submitter?.focus();
    agreed.add(form);
    form.requestSubmit(submitter);
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  event.preventDefault();
  const agrees = await ask(ctx.confirm, ctx.sourceElement.textContent.trim().slice(0, 40) || word("confirm"));
  agrees ? issueRequest() : dropRequest();
});
