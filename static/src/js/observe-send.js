// Sends what waits on this device: in order, one request at a time, also across tabs, and only as the person who wrote it.
// Loaded by the observer's page, and by every other page as long as something of hers waits here.
import * as store from "./observe-store.js";

const BATCH = 50;
const PATIENCE = 20_000;

let token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Send all that waits of this lesson. Returns "" when the server has everything, else why not: offline, sign_in, … */
export function send(person, pk, told = {}) {
  const work = () => sendAll(person, pk, told);
  return navigator.locks ? navigator.locks.request(`observe-send:${person}`, work) : work();
}

/** The same for all lessons of a person, from any page. */
export async function sendEverything(person) {
  for (const row of await store.lessons(person)) {
    if (row.urls && (await send(person, row.lesson)) === "offline") return;
  }
}

async function sendAll(person, pk, told) {
  const name = await store.device();
  for (;;) {
    const row = await store.lesson(person, pk);
    const waiting = (await store.notes(person, pk)).filter(store.isWaiting).sort((a, b) => a.sequence - b.sequence).slice(0, BATCH);
    const began = row.beganHere && !row.beganSent ? row.beganHere : undefined;
    const ready = row.ready && !row.readySent;
    if (!waiting.length && !began && !ready) break;
    const body = JSON.stringify({ person, device: name, began, ready, notes: waiting.map(said) });
    const answer = await ask(row.urls, row.urls.send, () => ({ method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token } }));
    if (answer.why) return tell(told, answer);
    await taken(person, pk, waiting, { began, ready }, answer.said);
    told.heard?.(answer.said, answer.took);
  }
  return sendPhotos(person, pk, told);
}

const said = ({ key, sequence, stage, pupil, made, offset, fact, match, quote, withdrawn }) => ({ key, sequence, stage, pupil, made, offset, fact, match, quote, withdrawn });

async function taken(person, pk, sent, { began, ready }, answer) {
  for (const note of sent) {
    const kept = note.key in answer.taken || note.key in answer.refused;
    if (!kept) continue;
    const refused = answer.refused[note.key];
    await store.mark(note.key, (row) => {
      row.sent = Math.max(row.sent ?? 0, note.sequence); // written anew meanwhile? Then that waits still
      if (refused) row.refused = refused;
      row.named = answer.named?.[note.key]; // a pupil's name may stand in it: a hint beside the note
    });
    if (note.withdrawn && !refused) await store.drop(note.key);
  }
  await store.lesson(person, pk, (row) => {
    if (began) row.beganSent = true;
    if (ready) row.readySent = true;
  });
}

async function sendPhotos(person, pk, told) {
  const row = await store.lesson(person, pk);
  for (const note of (await store.notes(person, pk)).filter(store.photoWaits)) {
    const blob = await store.photo(note.key);
    if (blob) {
      const body = new FormData();
      body.append("person", person);
      body.append("key", note.key);
      body.append("shows_work", "1"); // she was asked before it was kept
      body.append("photo", blob, "photo.jpg");
      const answer = await ask(row.urls, row.urls.photo, () => ({ method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } }));
      if (answer.why === "refused") await store.mark(note.key, (kept) => void (kept.photoRefused = answer.sentence));
      else if (answer.why) return tell(told, answer);
    }
    await store.mark(note.key, (kept) => void (kept.photoSent = true));
    await store.dropPhoto(note.key);
    told.heard?.();
  }
  return "";
}

/** One request. A stale token is fetched anew once; what stands in the way is told as `why`. */
async function ask(urls, url, make) {
  for (let again = 0; again < 2; again += 1) {
    const asked = performance.now();
    let answer;
    try {
      answer = await fetch(url, { ...make(), signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return { why: "offline" };
    }
    if (answer.redirected) return { why: "sign_in" };
    const json = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json().catch(() => null) : null;
    if (answer.ok && json) {
      token = json.token ?? token;
      return { said: json, took: performance.now() - asked };
    }
    if (json?.other) return { why: "other", sentence: json.sentence };
    if (answer.status === 422) return { why: "refused", sentence: json?.sentence ?? "" };
    if (json?.sentence) return { why: "stopped", sentence: json.sentence };
    if (answer.status === 403 && !again && (await renew(urls))) continue;
    if (answer.status === 403 || answer.status === 404) return { why: "stopped", sentence: "" };
    return { why: answer.status === 429 || answer.status >= 500 ? "offline" : "failed" };
  }
  return { why: "sign_in" };
}

/** A page that was kept for long has a token of long ago. */
async function renew(urls) {
  try {
    const answer = await fetch(urls.state, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok || answer.redirected) return false;
    token = (await answer.json()).token;
    return true;
  } catch {
    return false;
  }
}

function tell(told, { why, sentence }) {
  told.failed?.(why, sentence);
  return why;
}
