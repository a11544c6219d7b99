// <check-in>: the door. A tap or a scan is kept on this device first, under a key of its own, and sent when that is
// possible; the server writes each key once. Without script the list works as forms.
import { uuid, waits } from "./check-in-store.js";

const AGAIN = 5_000;
const token = () => document.querySelector("meta[name=csrf-token]")?.content;

class CheckIn extends HTMLElement {
  connectedCallback() {
    this.waits = waits(document.body.dataset.person ?? "", this.dataset.event);
    this.rows = [...this.querySelectorAll(".door-list > li[data-id]")];
    this.said = this.querySelector(".door-said");
    this.querySelector(".door-list").addEventListener("submit", (event) => {
      event.preventDefault();
      const row = event.target.closest("li");
      this.tap(row, event.submitter.value);
    });
    const search = this.querySelector("[data-search]");
    search.addEventListener("input", () => this.filter(search.q.value));
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.scanned(search.q.value)) this.filter((search.q.value = ""));
    });
    this.camera();
    addEventListener("online", () => this.send());
    this.closest("main")?.addEventListener("changed", () => this.send(true));
    this.showWaiting();
    this.send();
  }

  filter(words) {
    const wanted = words.trim().toLowerCase();
    for (const row of this.rows) row.hidden = !`${row.dataset.name} ${row.dataset.short}`.toLowerCase().includes(wanted);
  }

  /** A code that was scanned or typed: true when it is of somebody on the list. */
  scanned(text) {
    const code = text.trim().replace(/^plg:/, "").toLowerCase();
    const row = this.rows.find(({ dataset }) => dataset.code === code || dataset.short.toLowerCase() === code || dataset.short.replace("-", "").toLowerCase() === code);
    if (row) this.tap(row, "in");
    else if (/^[0-9a-f-]{8,}$/.test(code)) this.ask(code); // registered just now, or at another event: the server knows
    else this.say(this.dataset.unknown, true);
    return Boolean(row);
  }

  tap(row, direction) {
    if (direction === "in" && "here" in row.dataset) return this.say(this.word("again", row), false);
    this.waits.add({ key: uuid(), code: `#${row.dataset.id}`, direction, at: Date.now() });
    this.mark(row, direction === "in");
    this.say(this.word(direction, row));
    this.send();
  }

  ask(code) {
    this.waits.add({ key: uuid(), code, direction: "in", at: Date.now() });
    this.send();
  }

  word(name, row) {
    return this.dataset[name].replace("{name}", row.dataset.name);
  }

  say(text, isBad = false) {
    this.said.textContent = text;
    this.said.classList.toggle("is-bad", isBad);
    if (isBad) navigator.vibrate?.(200);
  }

  mark(row, isHere) {
    row.toggleAttribute("data-here", isHere);
    row.querySelector('[value="in"]').hidden = isHere;
    row.querySelector('[value="out"]').hidden = !isHere;
    const count = document.querySelector("[data-door-count]");
    if (count) count.textContent = this.rows.filter(({ dataset }) => "here" in dataset).length;
  }

  showWaiting() {
    const tag = this.querySelector("[data-waiting]");
    const { length } = this.waits.all();
    tag.hidden = !length;
    tag.textContent = this.dataset.waits.replace("{n}", length);
  }

  /** Send what waits; with `look` also ask who is in when nothing waits. */
  async send(look = false) {
    this.showWaiting();
    clearTimeout(this.again);
    const rows = this.waits.all();
    if (this.sending || (!rows.length && !look)) return;
    this.sending = true;
    try {
      const body = { device: this.waits.device(), rows: rows.map(({ at, ...row }) => ({ ...row, ago: Math.max(0, (Date.now() - at) / 1000) })) };
      const answer = await fetch(this.dataset.send, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(8_000),
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { told, here } = await answer.json();
      this.waits.drop(told.map(({ key }) => key));
      for (const { sentence } of told) if (sentence) this.say(sentence, true);
      const waiting = new Map(this.waits.all().map(({ code, direction }) => [code, direction === "in"]));
      const now = new Set(here.map(String));
      for (const row of this.rows) this.mark(row, waiting.get(`#${row.dataset.id}`) ?? now.has(row.dataset.id));
    } catch {
      if (rows.length) this.say(this.dataset.offline, true);
      this.again = setTimeout(() => this.send(), AGAIN);
    }
    this.sending = false;
    this.showWaiting();
    if (this.waits.all().length && !this.again) this.send();
  }

  // ---- the camera: with the browser's own reader of codes, or on an iPhone ours; fetched while there is internet
  async camera() {
    const button = this.querySelector("[data-scan]");
    if (!navigator.mediaDevices) return;
    const formats = await window.BarcodeDetector?.getSupportedFormats().catch(() => []);
    const { BarcodeDetector } = formats?.includes("qr_code") ? window : await import("qr/decode.js");
    this.detector = new BarcodeDetector({ formats: ["qr_code"] });
    button.hidden = false;
    button.addEventListener("click", () => (this.stream ? this.stop() : this.look()));
  }

  async look() {
    const video = this.querySelector("video");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return this.say(this.dataset.blind, true);
    }
    video.srcObject = this.stream;
    video.hidden = false;
    await video.play();
    let last = "";
    const step = async () => {
      if (!this.stream) return;
      const [found] = await this.detector.detect(video).catch(() => []);
      if (found && found.rawValue !== last) this.scanned((last = found.rawValue));
      setTimeout(step, 200);
    };
    step();
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.querySelector("video").hidden = true;
  }

  disconnectedCallback() {
    this.stop();
    clearTimeout(this.again);
  }
}

customElements.define("check-in", CheckIn);
