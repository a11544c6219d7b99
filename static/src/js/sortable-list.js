/** The number of a row, which stands in its id. */
const numberOf = (row) => row?.id.replace(/^\D+/, "") ?? "";

// <sortable-list> around the rows of a form: they can be dragged by their grip. Dropping posts "moved" (the row) and
// "after" (the row above it, empty for the first); the answer brings the list anew. Up and down are buttons in the
// rows themselves, so nothing depends on dragging, or on this script.
class SortableList extends HTMLElement {
  async connectedCallback() {
    const list = this.querySelector("ol, ul");
    if (!list?.querySelector("li:not([data-stays])")) return;
    const { default: Sortable } = await import("sortablejs");
    if (!this.isConnected || this.sortable) return;
    this.classList.add("can-drag");
    for (const row of list.children) {
      if (!row.querySelector(":scope > .grip")) row.prepend(Object.assign(document.createElement("span"), { className: "grip" }));
    }
    this.closest("form").addEventListener("htmx:before:swap", () => this.clean());
    this.sortable = Sortable.create(list, {
      handle: ".grip",
      draggable: "li:not([data-stays])",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      ghostClass: "is-moving",
      onChoose: ({ item }) => item.removeAttribute("style"), // it is copied, and no style may be copied as text
      onEnd: ({ item, oldIndex, newIndex }) => oldIndex !== newIndex && this.send(item),
    });
  }

  // htmx carries attributes over to the new rows, where the content policy would complain of what Sortable styled.
  clean() {
    for (const row of this.querySelectorAll("[style]")) row.removeAttribute("style");
  }

  disconnectedCallback() {
    this.sortable?.destroy();
    this.sortable = null;
  }

  send(row) {
    const form = this.closest("form");
    const above = numberOf(row.previousElementSibling);
    const fields = { after: above, moved: numberOf(row) };
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.requestSubmit();
  }
}

customElements.define("sortable-list", SortableList);
