// <programme-page>: filters without fetching, marks that stay, the hour it is now, and a copy for without internet.
// Every filter is a link or a form that works without this script.
class ProgrammePage extends HTMLElement {
  connectedCallback() {
    this.filter = this.querySelector(".programme-filter");
    if (!this.filter) return;
    const asked = new URLSearchParams(location.search);
    if (asked.size && [...asked.values()].some(Boolean)) this.isPart = true; // the server left something out
    this.wish = { slot: "", mine: false, kind: "", theme: "" };
    this.classList.add("has-script");
    this.filter.addEventListener("click", (event) => this.choose(event));
    this.filter.addEventListener("change", () => this.select());
    this.addEventListener("click", (event) => {
      const mark = event.target.closest(".mark");
      if (mark) this.mark(event, mark);
    });
    this.now();
    setInterval(() => this.now(), 60_000);
    if (this.dataset.worker && "serviceWorker" in navigator) this.keep();
  }

  choose(event) {
    const link = event.target.closest("a");
    if (!link || this.isPart || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    this.wish.mine = link.dataset.mine !== undefined;
    this.wish.slot = link.dataset.slot ?? "";
    for (const each of this.filter.querySelectorAll("a")) each.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    this.show();
  }

  select() {
    if (this.isPart) return this.filter.requestSubmit();
    for (const { name, value } of this.filter.querySelectorAll("select")) this.wish[name] = value;
    return this.show();
  }

  show() {
    const { slot, mine, kind, theme } = this.wish;
    let any = false;
    for (const part of this.querySelectorAll(".programme-slot")) {
      let here = false;
      for (const row of part.querySelectorAll("li")) {
        const isMarked = row.querySelector(".mark")?.getAttribute("aria-pressed") === "true";
        const fits = (!mine || isMarked) && (!kind || row.dataset.kind === kind) && (!theme || row.dataset.theme === theme);
        row.hidden = !fits;
        here ||= fits;
      }
      part.hidden = !here || Boolean(slot && part.dataset.slot !== slot);
      any ||= !part.hidden;
    }
    // A day of which nothing is shown has no heading: it shows what stands between it and the next one.
    let day = null;
    for (const each of this.querySelectorAll(".programme-day, .programme-slot")) {
      if (each.matches(".programme-day")) (day = each).hidden = true;
      else if (day && !each.hidden) day.hidden = false;
    }
    this.querySelector(".programme-none").hidden = any;
  }

  async mark(event, button) {
    event.preventDefault();
    const was = button.getAttribute("aria-pressed");
    button.setAttribute("aria-pressed", String(was !== "true"));
    const token = document.querySelector("meta[name=csrf-token]")?.content;
    try {
      const answer = await fetch(button.form.action, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body: new URLSearchParams({ session: button.value }),
      });
      if (!answer.ok) throw new Error(answer.status);
      button.setAttribute("aria-pressed", String((await answer.json()).marked));
    } catch {
      button.setAttribute("aria-pressed", was); // without internet a mark cannot be kept
    }
  }

  now() {
    const here = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Amsterdam", dateStyle: "short", timeStyle: "short" });
    const [day, time] = here.format(new Date()).split(" ");
    for (const { classList, dataset } of this.querySelectorAll(".programme-slot")) {
      classList.toggle("is-now", dataset.day === day && dataset.starts <= time && time < dataset.ends);
    }
  }

  async keep() {
    try {
      const { worker } = this.dataset;
      const registration = await navigator.serviceWorker.register(worker, { scope: worker.replace("worker.js", "") });
      await navigator.serviceWorker.ready.catch(() => {});
      const files = performance.getEntriesByType("resource").map(({ name }) => name);
      (registration.active ?? registration.waiting ?? registration.installing)?.postMessage({
        page: location.pathname,
        person: document.body.dataset.person ?? "",
        files: files.filter((name) => name.startsWith(location.origin) && /\/static\//.test(name)),
      });
      navigator.serviceWorker.addEventListener("message", ({ data }) => data === "kept" && this.say());
    } catch {
      // Then there is no copy; the page itself works as it did.
    }
  }

  say() {
    const foot = this.querySelector("#programme-foot span");
    if (foot && !foot.dataset.said) {
      foot.dataset.said = "1";
      foot.append(` · ${this.dataset.offline}`);
    }
  }
}

customElements.define("programme-page", ProgrammePage);
