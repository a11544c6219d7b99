// One writer of a lesson plan, in a process of its own: the modules of the page itself, over real HTTP, without the page.
// Told by one line of JSON; types at random, says "done", and after a line on stdin tells what stands there in the end.
// With `faults`, the chance of each, requests are lost, answers are lost, requests arrive twice and late, the network
// goes away, and the tab is closed and opened again.
import http from "node:http";
import { createInterface } from "node:readline";
import * as Y from "yjs";
import * as documents from "../static/src/js/plan-document.js";
import { Sync } from "../static/src/js/plan-sync.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = JSON.parse((await lines.next()).value);
const say = (what) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(what)}\n`, resolve));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let seed = told.seed;
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const below = (n) => Math.floor(random() * n);

let faults = told.faults;
let offline = false;
const counts = { edits: 0, lost: 0, answers_lost: 0, twice: 0, offline: 0, closed: 0 };
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

function request(method, address, body) {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname, search } = new URL(address);
    const headers = { ...told.headers, ...(body ? { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } : {}) };
    const asked = http.request({ method, hostname, port, path: pathname + search, headers, agent, timeout: 20_000 }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
      answer.on("error", reject);
    });
    asked.on("timeout", () => asked.destroy(new Error("timeout")));
    asked.on("error", reject);
    asked.end(body);
  });
}

async function ask(kind, body) {
  if (offline) throw new Error("no network");
  const send = () => (kind === "pull" ? request("GET", `${told.pull}?since=${body.since}`) : request("POST", told.push, JSON.stringify(body)));
  if (faults && random() < faults) {
    counts.lost += 1;
    throw new Error("lost on the way");
  }
  if (faults && random() < faults) {
    counts.twice += 1;
    setTimeout(() => send().catch(() => {}), below(700)); // once more, and late: behind what came after it
  }
  const answer = await send();
  if (answer.status !== 200 && answer.status < 500) say({ status: answer.status, text: answer.text.slice(0, 300) });
  if (faults && random() < faults) {
    counts.answers_lost += 1;
    throw new Error("the answer was lost");
  }
  return { status: answer.status, news: answer.status < 500 ? JSON.parse(answer.text) : null };
}

// ---- the device: what stays when a tab is closed
let kept = "[]";
const store = { read: () => JSON.parse(kept), write: (waiting) => (kept = JSON.stringify(waiting)) };

let doc;
let sync;
const seen = {};
const waiting = new Set();

async function open() {
  doc = new Y.Doc();
  sync = new Sync({ doc, ask, store });
  for (const name of told.texts) {
    doc.getText(name).observe((event, transaction) => {
      if (transaction.origin === documents.LOCAL || !told.stream) return;
      for (const { insert } of event.delta) for (const letter of insert ?? "") seen[letter] ??= Date.now();
    });
  }
  await sync.open();
  while (!sync.last) {
    await sleep(100);
    await sync.work();
  }
}

function listen() {
  const { hostname, port, pathname } = new URL(told.stream);
  return new Promise((resolve) => {
    const asked = http.get({ hostname, port, path: pathname, headers: told.headers }, (answer) => {
      let rest = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => {
        const found = (rest + part).split("\n");
        rest = found.pop();
        for (const line of found) {
          if (line.startsWith("event: listening")) {
            sync.heard("all");
            resolve();
          } else if (line.startsWith("data: {")) {
            const { channel, what } = JSON.parse(line.slice(6));
            if (channel === told.channel) sync.heard(what);
          }
        }
      });
    });
    asked.on("error", () => {});
    waiting.add(asked);
  });
}

// ---- typing: every letter is one that was never typed before, so that each can be looked for
let next = told.first;
const inserted = {};
const deleted = [];

function edit() {
  const text = doc.getText(told.texts[below(told.texts.length)]);
  const letters = Array.from(text.toString());
  const at = below(letters.length + 1);
  counts.edits += 1;
  if (letters.length > 20 && random() < 0.25) {
    const gone = letters.splice(at, 1 + below(4));
    deleted.push(...gone);
    documents.rewrite(text, letters.join(""), letters.slice(0, at).join("").length);
    return;
  }
  const fresh = Array.from({ length: 1 + below(3) }, () => String.fromCodePoint(next++));
  for (const letter of fresh) inserted[letter] = Date.now();
  letters.splice(at, 0, ...fresh);
  documents.rewrite(text, letters.join(""), letters.slice(0, at + fresh.length).join("").length);
}

function arrange() {
  const { staying, gone } = documents.parts(doc);
  if (gone.length && random() < 0.5) documents.setFact(doc, gone[0].uid, "gone", false);
  else if (staying.length > 2 && random() < 0.2) documents.setFact(doc, staying[below(staying.length)].uid, "gone", true);
  else documents.place(doc, staying[below(staying.length)].uid, below(staying.length));
}

await open();
if (told.stream) await listen();
say("ready");
await lines.next();
for (let n = 0; n < told.edits; n += 1) {
  edit();
  if (random() < 0.02) arrange();
  if (faults && !offline && random() < faults / 14) {
    offline = true;
    counts.offline += 1;
    setTimeout(() => (offline = false), 200 + below(900));
  }
  if (faults && random() < faults / 28) {
    counts.closed += 1;
    sync.close(); // in the middle of a word, whatever was on its way
    await sync.working?.catch(() => {});
    await open();
  }
  await sleep(below(2 * told.pause));
}
offline = false;
faults = 0;
while (sync.waiting.length || sync.isBehind()) {
  await sync.work();
  await sleep(20);
}
say("done");
await lines.next();
await sleep(800); // what was sent twice may still be on its way
sync.heard("all");
await sync.work();
const { staying, gone } = documents.parts(doc);
await say({
  inserted, deleted, seen, counts, status: sync.refusal ?? null,
  texts: Object.fromEntries(told.texts.map((name) => [name, doc.getText(name).toString()])),
  order: [...staying, ...gone].map(({ uid }) => uid),
});
for (const each of waiting) each.destroy();
process.exit(0);
