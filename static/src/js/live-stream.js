// <live-stream src="/stream/…">: listens to server-sent events. A message says only what changed, as
// {"channel": "meeting:12", "what": "agenda"}; each element with data-live="agenda" (or "meeting:12", or
// "meeting:12/agenda") then gets the event "live" and fetches itself anew
// (data-hx-get="…" data-hx-trigger="live" data-hx-swap="outerHTML"). When the stream fails, all of them ask each 30 s.
const POLL = 30_000;
const typed = 'textarea, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])';
const waiting = new WeakSet();

function read(data) {
  try {
    const { channel, what } = JSON.parse(data);
    return [channel, what, `${channel}/${what}`];
  } catch {
    return [data.replace(/^changed\s+/, "").trim()];
  }
}

function isWrittenIn(element) {
  const fields = [...element.querySelectorAll(typed)];
  return fields.some((field) => field === document.activeElement || (field.defaultValue ?? "") !== (field.value ?? ""));
}

// Between her own deed and its answer nothing comes in between: the answer would find its place taken, and what it
// says would be lost.
function isAnswering(element) {
  return element.querySelector(".htmx-request") !== null;
}

function later(element) {
  if (waiting.has(element)) return;
  waiting.add(element);
  setTimeout(() => waiting.delete(element) && refresh(document.getElementById(element.id) ?? element), 200);
}

document.addEventListener("htmx:before:swap", (event) => {
  const element = event.detail.ctx.sourceElement;
  if (!element?.matches?.("[data-live]") || !isAnswering(element)) return;
  event.preventDefault();
  later(element);
});

function refresh(element) {
  // Never under the hands of someone who is writing in it, nor over a word she has not sent yet: each time she
  // leaves a field it is asked again, and what she sends brings the part anew anyhow.
  if (isWrittenIn(element)) {
    if (waiting.has(element)) return;
    waiting.add(element);
    element.addEventListener("focusout", () => setTimeout(() => waiting.delete(element) && refresh(element), 200), { once: true });
    return;
  }
  if (isAnswering(element)) return later(element);
  element.dispatchEvent(new CustomEvent("live"));
}

class LiveStream extends HTMLElement {
  connectedCallback() {
    this.seen = () => (document.hidden ? this.stop() : this.start(true));
    document.addEventListener("visibilitychange", this.seen);
    if (!document.hidden) this.start();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.seen);
    this.stop();
  }

  start(missed = false) {
    this.stop();
    if (missed) this.all();
    this.poll = null;
    this.listen();
  }

  listen() {
    if (!window.EventSource || !this.getAttribute("src")) return this.fallBack();
    this.source = new EventSource(this.getAttribute("src"), { withCredentials: true });
    this.source.onopen = () => {
      if (this.poll) this.all();
      clearInterval(this.poll);
      this.poll = null;
    };
    const heard = (event) => this.changed(read(event.data));
    this.source.onmessage = heard;
    this.source.addEventListener("changed", heard);
    // From here on nothing is missed: who keeps something in step asks now what came before.
    this.source.addEventListener("listening", () => this.dispatchEvent(new CustomEvent("listening", { bubbles: true })));
    this.source.onerror = () => this.fallBack();
  }

  stop() {
    this.source?.close();
    clearInterval(this.poll);
    this.poll = null;
  }

  fallBack() {
    this.poll ??= setInterval(() => {
      this.all();
      if (this.source?.readyState === EventSource.CLOSED) this.listen();
    }, POLL);
  }

  changed(names) {
    this.dispatchEvent(new CustomEvent("changed", { bubbles: true, detail: { names } }));
    const wanted = names.map((name) => `[data-live~="${CSS.escape(name)}"]`).join();
    for (const element of document.querySelectorAll(wanted)) refresh(element);
  }

  all() {
    for (const element of document.querySelectorAll("[data-live]")) refresh(element);
  }
}

customElements.define("live-stream", LiveStream);
