// Keeping one document in step with the server's: what was typed waits on the device, in order, each change under a key
// of its own, and is sent one request at a time; the answer brings what others wrote. A lost network, an answer that
// never came and a closed tab lose nothing, and what is sent twice counts once. No page is needed here.
import * as Y from "yjs";
import { REMOTE, uuid } from "./plan-document.js";

const SOON = 120; // milliseconds in which typing is taken together
const LONGEST_WAIT = 5_000;
const MOST_AT_ONCE = 20;
const LARGEST = 300_000; // letters of base64 in one request

export function toText(bytes) {
  let binary = "";
  for (let n = 0; n < bytes.length; n += 0x8000) binary += String.fromCharCode(...bytes.subarray(n, n + 0x8000));
  return btoa(binary);
}

export const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export class Sync {
  // ask(kind, body) answers {status, news}, or throws when nothing came back; kind is "push" or "pull".
  // store: read() what waits from before, write(waiting). told(state, news): "kept", "sending", "waiting", "refused", "signed_out".
  constructor({ doc, ask, store, told = () => {}, visitor = uuid() }) {
    Object.assign(this, { doc, ask, store, told, visitor });
    this.waiting = [];
    this.last = 0;
    this.wanted = 0;
    this.place = "";
    this.fails = 0;
    doc.on("update", (update, origin) => origin !== REMOTE && this.keep(update));
  }

  /** Fetch the document, and bring in what waited on this device. */
  async open() {
    for (const { key, update, sealed } of this.store.read()) {
      // What another tab may still add to needs a key of its own; what was sent perhaps keeps the one it had.
      this.waiting.push({ key: sealed ? key : uuid(), update, sealed: true });
      Y.applyUpdate(this.doc, toBytes(update), REMOTE);
    }
    this.store.write(this.waiting);
    this.asks = true;
    await this.work();
  }

  keep(update) {
    const tail = this.waiting.at(-1);
    if (tail && !tail.sealed && tail.update.length < LARGEST) tail.update = toText(Y.mergeUpdates([toBytes(tail.update), update]));
    else this.waiting.push({ key: uuid(), update: toText(update), sealed: false });
    this.store.write(this.waiting);
    if (this.stopped) return this.refusal && this.told("refused", this.refusal);
    if (!this.fails) this.told("sending");
    this.soon ??= setTimeout(() => this.work(), SOON);
    return null;
  }

  /** Somebody is at this place of the page; said to the others. */
  at(place) {
    this.place = place;
    this.says = true;
    this.work();
  }

  /** The stream says what is new. */
  heard(what) {
    const [, number] = /^at-(\d+)$/.exec(what) ?? [];
    if (number) this.wanted = Math.max(this.wanted, Number(number));
    else this.asks = true;
    if (!this.soon) this.work(); // what is sent in a moment brings it along
  }

  work() {
    clearTimeout(this.soon);
    this.soon = null;
    this.working ??= this.exchange().finally(() => {
      this.working = null;
      if (!this.stopped && !this.fails && this.isBehind()) this.soon ??= setTimeout(() => this.work(), 0);
    });
    return this.working;
  }

  isBehind() {
    return this.waiting.length > 0 || this.says || this.asks || this.wanted > this.last;
  }

  async exchange() {
    clearTimeout(this.later);
    while (!this.stopped && this.isBehind()) {
      try {
        await (this.waiting.length || this.says ? this.push() : this.pull());
        this.fails = 0;
      } catch {
        this.fails += 1;
        this.told("waiting");
        this.later = setTimeout(() => this.work(), Math.min(500 * 2 ** this.fails, LONGEST_WAIT));
        return;
      }
    }
    if (!this.stopped) this.told("kept");
  }

  batch() {
    let size = 0;
    const found = this.waiting.filter(({ update }, n) => n < MOST_AT_ONCE && (size += update.length) <= Math.max(LARGEST, update.length));
    for (const each of found) each.sealed = true; // from here on it stays as it is
    if (found.length) this.store.write(this.waiting);
    return found;
  }

  async push() {
    const batch = this.batch();
    this.says = false;
    this.asks = false; // the answer brings what a question would
    const changes = batch.map(({ key, update }) => ({ key, update }));
    const { status, news } = await this.ask("push", { visitor: this.visitor, place: this.place, since: this.last, changes }).catch((lost) => {
      this.says = true;
      throw lost;
    });
    if (!this.answered(status, news)) return;
    const arrived = new Set(batch.map(({ key }) => key));
    this.waiting = this.waiting.filter(({ key }) => !arrived.has(key));
    this.store.write(this.waiting);
    this.take(news);
  }

  async pull() {
    this.asks = false;
    const { status, news } = await this.ask("pull", { since: this.last }).catch((lost) => {
      this.asks = true;
      throw lost;
    });
    if (this.answered(status, news)) this.take(news);
  }

  answered(status, news) {
    if (status === 200) return true;
    if (status >= 500 || status === 429) throw new Error(`${status}`); // it restarts, or has too much to do: once more
    this.stopped = true;
    this.refusal = news;
    this.told(status === 401 || status === 403 ? "signed_out" : "refused", news);
    return false;
  }

  take(news) {
    try {
      if (news.update) Y.applyUpdate(this.doc, toBytes(news.update), REMOTE);
    } catch {
      this.stopped = true; // no document of ours: trying again makes no difference, and what waits is kept
      return this.told("broken");
    }
    this.last = Math.max(this.last, news.last);
    return this.told("news", news);
  }

  close() {
    this.stopped = true;
    clearTimeout(this.soon);
    clearTimeout(this.later);
  }
}
