// The service worker of a programme page, a classic script. It looks after pages below its own address and what they
// load, and nothing else. The page tells which files it loaded; their names change with their contents, so a copy stays
// right. The page itself comes from the network as long as that answers in time.
const PAGES = "programme-page:";
const FILES = "programme-files";
const PATIENCE = 4_000; // a network that does not answer in time is none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { page, person, files } = event.data;
  event.waitUntil(keep(page, person, files).then(() => event.source.postMessage("kept")));
});

// Only this person's copy stays on the device.
async function keep(path, person, files) {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + person) await caches.delete(name);
  const answer = await fetch(path, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await (await caches.open(PAGES + person)).put(path, answer);
  const kept = await caches.open(FILES);
  const wanted = new Set(files);
  for (const request of await kept.keys()) if (!wanted.has(request.url)) await kept.delete(request);
  await Promise.all(files.map(async (name) => (await kept.match(name)) || kept.add(name).catch(() => {})));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(file(request));
});

// A name that holds its contents is right for ever; another one is asked for first.
async function file(request) {
  const copy = await (await caches.open(FILES)).match(request);
  if (!copy || /\.[0-9a-f]{12}\.|-[0-9A-Z]{8}\./.test(request.url)) return copy ?? fetch(request);
  return fetch(request).catch(() => copy);
}

async function page(request) {
  const { pathname } = new URL(request.url);
  const copy = await anywhere(pathname);
  if (!copy) return fetch(request);
  try {
    const answer = await Promise.race([fetch(request), tooLong()]);
    return answer.status >= 500 ? copy : answer;
  } catch {
    return copy;
  }
}

const tooLong = () => new Promise((_, give) => setTimeout(() => give(new Error("The network does not answer.")), PATIENCE));

async function anywhere(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const found = await (await caches.open(name)).match(path);
    if (found) return found;
  }
  return undefined;
}
