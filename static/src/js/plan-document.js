// The document of a lesson plan (Yjs), as documents.py reads it: everything flat under a name of its own, so that what
// two make at once is one thing. Texts are `<stage>/<field>` and `<stage>/<pupil>/<field>`; the map "stages" has
// `<stage>/order`, `<stage>/minutes` and `<stage>/gone`. No page is needed here: tests run it in processes of their own.
import * as Y from "yjs";

export const REMOTE = "remote";
export const LOCAL = "local";
export const MOST_STAGES = 40;
const STEP = 1024;
const NARROWEST = 1e-6;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export const uuid = () =>
  crypto.randomUUID?.() ?? // only on a safe origin
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

const facts = (doc) => doc.getMap("stages");
const figure = (value) => (Number.isFinite(value) ? value : 0);
const isHigh = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

// What is the same at both ends: [letters at the start, letters at the end], of which at most so many.
function same(now, wanted, mostEnd) {
  let end = 0;
  const most = Math.min(now.length, wanted.length);
  while (end < Math.min(most, mostEnd) && now[now.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1;
  if (isLow(now, now.length - end) || isLow(wanted, wanted.length - end)) end -= 1; // no letter is cut in two
  let start = 0;
  while (start < most - end && now[start] === wanted[start]) start += 1;
  if (start && isHigh(now, start - 1)) start -= 1;
  return [start, end];
}

/** The least change by which a shared text says this. Of two as small, the one before the cursor was typed just now. */
export function rewrite(text, wanted, cursor = 0) {
  const now = text.toString();
  if (now === wanted) return;
  const typed = same(now, wanted, wanted.length - cursor);
  const least = same(now, wanted, Infinity);
  const [start, end] = typed[0] + typed[1] >= least[0] + least[1] ? typed : least;
  text.doc.transact(() => {
    if (now.length - end > start) text.delete(start, now.length - end - start);
    if (wanted.length - end > start) text.insert(start, wanted.slice(start, wanted.length - end));
  }, LOCAL);
}

/** Where a cursor stands after what others changed. */
export function follow(position, delta) {
  let at = 0;
  let moved = position;
  for (const { retain, insert, delete: gone } of delta) {
    if (retain) at += retain;
    else if (insert !== undefined) {
      const length = typeof insert === "string" ? insert.length : 1;
      if (at < moved) moved += length;
      at += length;
    } else if (gone && at < moved) moved -= Math.min(gone, moved - at);
  }
  return moved;
}

/** The stages in their order: those in the lesson, and those that were taken away. */
export function parts(doc) {
  const map = facts(doc);
  const found = [];
  for (const key of map.keys()) {
    const [uid, what] = key.split("/");
    if (what === "order" && UUID.test(uid)) {
      found.push({ uid, order: figure(map.get(key)), minutes: figure(map.get(`${uid}/minutes`)), gone: map.get(`${uid}/gone`) === true });
    }
  }
  found.sort((a, b) => a.order - b.order || (a.uid < b.uid ? -1 : 1));
  return { staying: found.filter(({ gone }) => !gone).slice(0, MOST_STAGES), gone: found.filter(({ gone }) => gone).slice(0, MOST_STAGES) };
}

export function setFact(doc, uid, what, value) {
  doc.transact(() => facts(doc).set(`${uid}/${what}`, value), LOCAL);
}

/** One more stage, at the end; its name, or nothing when there are as many as a lesson can have. */
export function add(doc) {
  const { staying } = parts(doc);
  if (staying.length >= MOST_STAGES) return null;
  const uid = uuid();
  doc.transact(() => {
    facts(doc).set(`${uid}/order`, (staying.at(-1)?.order ?? 0) + STEP);
    facts(doc).set(`${uid}/minutes`, 10);
  }, LOCAL);
  return uid;
}

/** A stage to another place among those in the lesson. */
export function place(doc, uid, there) {
  const { staying } = parts(doc);
  const here = staying.findIndex((part) => part.uid === uid);
  if (here < 0 || there < 0 || there >= staying.length || here === there) return;
  const [part] = staying.splice(here, 1);
  const before = there ? staying[there - 1].order : staying[0].order - 2 * STEP;
  const after = there < staying.length ? staying[there].order : staying.at(-1).order + 2 * STEP;
  doc.transact(() => {
    if (after - before >= NARROWEST) return facts(doc).set(`${uid}/order`, (before + after) / 2);
    staying.splice(there, 0, part); // no room any more between the two: all of them anew
    staying.forEach((each, n) => facts(doc).set(`${each.uid}/order`, (n + 1) * STEP));
    return null;
  }, LOCAL);
}
