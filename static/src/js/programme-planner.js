// <programme-planner> around the cells of the planner: a session can be dragged by its grip to another cell. Dropping
// fills the hidden form and sends it; the answer brings the board anew. The link on each session opens two select
// boxes that do the same, so nothing depends on dragging, or on this script.
class ProgrammePlanner extends HTMLElement {
  async connectedCallback() {
    const { default: Sortable } = await import("sortablejs");
    if (!this.isConnected || this.lists) return;
    this.classList.add("can-drag");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const form = this.querySelector("form");
    form.addEventListener("htmx:before:swap", () => this.clean());
    this.lists = [...this.querySelectorAll(".cell")].map((cell) =>
      Sortable.create(cell, {
        group: "planner",
        handle: ".grip",
        draggable: "[data-item]",
        animation: calm ? 0 : 150,
        ghostClass: "is-moving",
        scroll: true,
        onChoose: ({ item }) => item.removeAttribute("style"),
        onStart: () => this.classList.add("is-dragging"),
        onEnd: ({ item, from, to }) => {
          this.classList.remove("is-dragging");
          if (from !== to) this.send(form, item, to);
        },
      }),
    );
  }

  // htmx carries attributes over to the new cells, where the content policy would complain of what Sortable styled.
  clean() {
    for (const row of this.querySelectorAll("[style]")) row.removeAttribute("style");
  }

  disconnectedCallback() {
    for (const list of this.lists ?? []) list.destroy();
    this.lists = null;
  }

  send(form, item, { dataset }) {
    const said = { item: item.dataset.item, slot: dataset.slot, room: dataset.room };
    for (const [name, value] of Object.entries(said)) form.querySelector(`[name="${name}"]`).value = value;
    form.requestSubmit();
  }
}

customElements.define("programme-planner", ProgrammePlanner);
