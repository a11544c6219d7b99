// What an observer writes, kept on her device until the server has it, and beyond: per person and lesson, in IndexedDB.
// A note says the whole of itself; `sequence` grows by every change, `sent` is the number that the server has.
import { openDB } from "idb";

const NAME = "plg-observe";
export const PAGES = "observe-page:"; // beside it: the pages themselves, in a cache of each person
export const flag = (person) => `observe:${person}`;
const safely = { durability: "strict" }; // on the disk before we say that it is kept

let opened;
const db = () =>
  (opened ??= openDB(NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("notes", { keyPath: "key" }).createIndex("whose", ["person", "lesson"]);
      fresh.createObjectStore("photos", { keyPath: "key" });
      fresh.createObjectStore("lessons", { keyPath: ["person", "lesson"] });
      fresh.createObjectStore("device", { keyPath: "name" });
    },
    blocking: (_was, _will, event) => event.target.close(),
    terminated: () => (opened = null),
  }));

export const uuid = () =>
  crypto.randomUUID?.() ?? // only on a safe origin
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

/** The name of this device, which says nothing of it. */
export async function device() {
  const tx = (await db()).transaction("device", "readwrite");
  const row = (await tx.store.get("device")) ?? { name: "device", value: uuid() };
  await tx.store.put(row);
  await tx.done;
  return row.value;
}

/** What is known of a lesson here: its clock, what was tapped, where to send. `change(row)` changes it. */
export async function lesson(person, pk, change) {
  const tx = (await db()).transaction("lessons", "readwrite", safely);
  const row = (await tx.store.get([person, pk])) ?? { person, lesson: pk, next: 1, offset: 0 };
  change?.(row);
  await tx.store.put(row);
  await tx.done;
  return row;
}

export async function lessons(person) {
  return (await (await db()).getAll("lessons")).filter((row) => row.person === person);
}

/** Her notes of a lesson on this device, also those that she took back. */
export async function notes(person, pk) {
  return (await db()).getAllFromIndex("notes", "whose", [person, pk]);
}

export const isWaiting = (note) => note.sequence > (note.sent ?? 0);
export const photoWaits = (note) => Boolean(note.photo) && !note.photoSent && !note.withdrawn;

/** Keep a note with the next number of this device; with its photo, both or none. */
export async function save(note, photo) {
  const tx = (await db()).transaction(["notes", "lessons", "photos"], "readwrite", safely);
  const at = tx.objectStore("lessons");
  const row = await at.get([note.person, note.lesson]);
  const kept = { ...note, sequence: Math.max(row.next, (note.sequence ?? 0) + 1) };
  row.next = kept.sequence + 1;
  at.put(row);
  tx.objectStore("notes").put(kept);
  if (photo) tx.objectStore("photos").put({ key: note.key, person: note.person, blob: photo });
  await tx.done;
  return kept;
}

/** Change what is known of a note without making it a new one: that it was sent, or refused. */
export async function mark(key, change) {
  const tx = (await db()).transaction("notes", "readwrite", safely);
  const row = await tx.store.get(key);
  if (row && change(row) !== false) await tx.store.put(row);
  await tx.done;
  return row;
}

/** Lay what the server has of her (perhaps from another device) beside what is here. What waits here is not touched. */
export async function bring(person, pk, rows) {
  const tx = (await db()).transaction("notes", "readwrite", safely);
  const there = new Set();
  for (const row of rows) {
    there.add(row.key);
    const here = await tx.store.get(row.key);
    if (here && (here.person !== person || isWaiting(here) || here.sequence > row.sequence)) continue;
    await tx.store.put({ ...here, ...row, person, lesson: pk, sent: row.sequence, photoSent: Boolean(row.picture) || here?.photoSent });
  }
  // Taken back on another device: it is none any more.
  for (const here of await tx.store.index("whose").getAll([person, pk])) {
    if (!there.has(here.key) && !isWaiting(here) && !photoWaits(here) && !here.refused) await tx.store.delete(here.key);
  }
  await tx.done;
}

export async function photo(key) {
  return (await (await db()).get("photos", key))?.blob;
}

export async function dropPhoto(key) {
  await (await db()).delete("photos", key);
}

export async function drop(key) {
  const base = await db();
  await Promise.all([base.delete("notes", key), base.delete("photos", key)]);
}

/** How many notes and photos of hers were not sent yet, in all lessons. */
export async function waiting(person) {
  const all = (await (await db()).getAll("notes")).filter((note) => note.person === person);
  return all.filter((note) => isWaiting(note) || photoWaits(note)).length;
}

/** Signed out: her pages go, and of her notes whatever was sent. What was not, stays hers until she signs in again. */
export async function forget(person) {
  const keep = new Set();
  for (const name of await (globalThis.caches?.keys() ?? [])) if (name.startsWith(PAGES)) await caches.delete(name);
  const tx = (await db()).transaction(["notes", "photos", "lessons"], "readwrite");
  for (const note of await tx.objectStore("notes").getAll()) {
    if (note.person !== person) continue;
    if (isWaiting(note) || photoWaits(note)) keep.add(note.lesson);
    else {
      tx.objectStore("notes").delete(note.key);
      tx.objectStore("photos").delete(note.key);
    }
  }
  for (const row of await tx.objectStore("lessons").getAll()) {
    if (row.person !== person) continue;
    if (keep.has(row.lesson)) tx.objectStore("lessons").put({ ...row, draft: undefined });
    else tx.objectStore("lessons").delete([row.person, row.lesson]);
  }
  await tx.done;
  if (!keep.size) localStorage.removeItem(flag(person));
}
