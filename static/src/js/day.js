// The day: <count-down> counts by the server's clock, <day-now> asks itself anew when a clock is at zero.
// The server says how long is left, so the clock of this device does not matter.
class CountDown extends HTMLElement {
  connectedCallback() {
    this.ends = performance.now() + Number(this.dataset.left);
    this.timer = setInterval(() => this.show(), 250);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const left = Math.max(0, this.ends - performance.now());
    const s = Math.ceil(left / 1000);
    this.textContent = this.dataset.words.replace("{time}", `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`);
    const bar = this.closest("section")?.querySelector("progress");
    if (bar && this.dataset.whole) bar.value = this.dataset.whole - left;
    if (left > 0) return;
    clearInterval(this.timer);
    // Not all phones at the same instant.
    setTimeout(() => this.closest("[data-live]")?.dispatchEvent(new CustomEvent("live")), 300 + Math.random() * 1_500);
  }
}

customElements.define("count-down", CountDown);
