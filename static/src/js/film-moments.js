// Beside a film: a button takes it to its moment, and a question asks at the moment where it stands.
class FilmMoments extends HTMLElement {
  connectedCallback() {
    this.film = document.querySelector("main :is(video, audio)");
    if (!this.film) return;
    for (const button of this.querySelectorAll("[data-seek]")) button.disabled = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-seek]");
      if (button) this.seek(Number(button.dataset.seek));
    });
    const ask = this.querySelector("[data-ask]");
    if (ask) {
      const address = ask.getAttribute("href");
      const follow = () => ask.setAttribute("href", `${address}?at=${clock(this.film.currentTime)}`);
      for (const name of ["timeupdate", "seeked", "pause"]) this.film.addEventListener(name, follow);
    }
    this.film.addEventListener("timeupdate", () => this.mark());
  }

  seek(seconds) {
    this.film.currentTime = seconds;
    this.film.scrollIntoView({ block: "nearest" });
    this.film.play()?.catch(() => {}); // who does not want films to begin by themselves begins it herself
  }

  mark() {
    const chapters = [...this.querySelectorAll(".moments [data-seek]")];
    const here = chapters.findLast((each) => Number(each.dataset.seek) <= this.film.currentTime);
    for (const each of chapters) each.toggleAttribute("aria-current", each === here);
  }
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

customElements.define("film-moments", FilmMoments);
