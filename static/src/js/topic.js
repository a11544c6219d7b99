// A topic: what came into view is read (told to the server a moment later), and "Answer" needs no new page.
const SETTLED = 900;

class TopicRead extends HTMLElement {
  connectedCallback() {
    this.last = Number(this.dataset.last);
    this.highest = this.last;
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), { threshold: 0 });
    this.watch = new MutationObserver(() => this.look());
    this.watch.observe(this, { childList: true, subtree: true });
    this.look();
    document.addEventListener("visibilitychange", () => this.look());
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

customElements.define("topic-read", TopicRead);

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
