// A topic: what came into view is read (told to the server a moment later); what others change appears; reacting,
// answering and the rest of what one does with a post need no new page.
const SETTLED = 900;
const OPENED = ".post-deeds a[aria-expanded='true']";

class TopicRead extends HTMLElement {
  connectedCallback() {
    this.last = Number(this.dataset.last);
    this.highest = this.last;
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), { threshold: 0 });
    this.watch = new MutationObserver(() => this.look());
    this.watch.observe(this, { childList: true, subtree: true });
    this.look();
    document.addEventListener("visibilitychange", () => this.look());
    document.addEventListener("changed", ({ detail }) => this.changed(detail.names));
    this.addEventListener("live", () => this.missed());
    this.addEventListener("click", (event) => this.pressed(event), true);
  }

  // Others: "post-12" was edited, removed, put back, or somebody reacted to it.
  changed(names) {
    const number = names.map((name) => /^post-(\d+)$/.exec(name)?.[1]).find(Boolean);
    if (number) this.anew(`only=${number}`);
  }

  // The stream was away: whatever is different now.
  missed() {
    this.anew(`page=${this.dataset.page}`);
  }

  async anew(which) {
    const answer = await fetch(`${this.dataset.posts}?${which}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const part = document.createElement("template");
    part.innerHTML = await answer.text();
    for (const post of part.content.querySelectorAll(".post")) this.put(post);
  }

  // Not under the hands of someone who has opened something there: closing it fetches the post anew.
  put(post) {
    const here = document.getElementById(post.id);
    if (!here || here.querySelector(OPENED) || same(here, post)) return;
    const focused = here.contains(document.activeElement) && document.activeElement.getAttribute("href");
    here.replaceWith(post);
    window.htmx.process(post);
    if (focused) post.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  // What a press opened, a second press closes.
  pressed(event) {
    const link = event.target.closest(".post-deeds a[data-hx-get]");
    if (!link) return;
    const post = link.closest(".post");
    const isOpen = link.getAttribute("aria-expanded") === "true";
    for (const other of post.querySelectorAll(OPENED)) other.setAttribute("aria-expanded", "false");
    if (!isOpen) return link.setAttribute("aria-expanded", "true");
    event.preventDefault();
    event.stopPropagation();
    this.anew(`only=${post.dataset.number}`);
  }

  look() {
    for (const post of this.querySelectorAll("[data-number]:not([data-watched])")) {
      post.dataset.watched = "";
      if (Number(post.dataset.number) > this.last) this.watcher.observe(post);
    }
    this.soon();
  }

  // Read is what was seen to its end, or as far as a long one fills the window.
  seen(entries) {
    for (const { isIntersecting, boundingClientRect: box, target } of entries) {
      if (!isIntersecting && box.bottom > 0) continue;
      const number = Number(target.dataset.number);
      if (number > this.highest) this.highest = number;
      this.watcher.unobserve(target);
    }
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    if (this.highest > this.last && !document.hidden) this.timer = setTimeout(() => this.tell(), SETTLED);
  }

  async tell() {
    const body = new FormData();
    body.set("number", this.highest);
    const wanted = this.highest;
    const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
    const answer = await fetch(this.dataset.url, {
      method: "POST", body, headers: { "X-CSRFToken": token, "X-Seen": "1" },
    }).catch(() => null);
    if (answer?.status === 204) this.last = Math.max(this.last, wanted);
  }
}

// The mark "new" goes with the next page, not under her eyes.
function same(here, post) {
  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelector(".said-head .is-new-mark")?.remove();
    return copy.innerHTML;
  };
  return words(here) === words(post) && here.classList.contains("is-answer") === post.classList.contains("is-answer");
}

customElements.define("topic-read", TopicRead);

// A reaction was given: its choices are gone, and with them what was open.
document.addEventListener("htmx:after:swap", ({ target }) => {
  const post = target.closest?.(".post");
  if (post && !post.querySelector(".reaction-choices, .more-deeds")) {
    for (const link of post.querySelectorAll(OPENED)) link.setAttribute("aria-expanded", "false");
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-reply], a[data-no-reply]");
  const form = document.querySelector("#reply form");
  if (!link || !form || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const note = form.querySelector(".answering");
  form.elements.parent.value = link.dataset.reply ?? "";
  note.hidden = !link.dataset.reply;
  note.querySelector("b").textContent = link.dataset.who ?? "";
  document.getElementById("reply").scrollIntoView({ block: "start" });
  form.elements.text.focus({ preventScroll: true });
});
