// A film that asks: at the moment of a question it pauses, and the question is fetched. Without script a button does so.
class FilmQuestions extends HTMLElement {
  connectedCallback() {
    this.film = document.querySelector("main video");
    if (!this.film) return;
    this.film.addEventListener("timeupdate", () => this.look());
  }

  look() {
    for (const card of this.querySelectorAll("[data-at]")) {
      const form = card.querySelector("[data-show]");
      if (!form || form.dataset.asked || this.film.currentTime < Number(card.dataset.at)) continue;
      form.dataset.asked = "yes";
      this.film.pause();
      form.requestSubmit();
      card.scrollIntoView({ block: "nearest" });
      return;
    }
  }
}

customElements.define("film-questions", FilmQuestions);
