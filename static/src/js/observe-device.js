// On every page: what an observer keeps on this device (observe-store.js) is hers alone. Her pages go when somebody else
// signs in; what waits is sent from whichever page she is on; signing out warns her when something was not sent.
import { ask } from "./confirm.js";
import { word } from "./words.js";

const person = Number(document.body.dataset.person ?? 0);
const PAGES = "observe-page:";
const isHere = () => localStorage.getItem(`observe:${person}`) !== null;
const agreed = new WeakSet();

async function othersGo() {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== `${PAGES}${person}`) await caches.delete(name);
}

if (person && "caches" in window) othersGo();

const sendAll = () => import("./observe-send.js").then(({ sendEverything }) => sendEverything(person));
if (person && isHere() && !document.querySelector("observe-page")) {
  sendAll();
  addEventListener("online", sendAll);
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!form.matches("[data-forget]") || !person || !isHere() || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const store = await import("./observe-store.js");
    if ((await store.waiting(person)) && navigator.onLine) await sendAll();
    const left = await store.waiting(person);
    if (left && !(await ask(word("unsent", { n: left }), word("sign_out")))) return;
    await store.forget(person);
    agreed.add(form);
    form.requestSubmit();
  },
  true,
);
