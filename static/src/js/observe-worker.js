// The service worker of the observer's page, a classic script. It looks after pages below its own address and what they
// load, and nothing else. The list of files comes before this script (`self.kept`, see lessonstudy/offline.py).
const { version, assets } = self.kept;
const FILES = `observe-files:${version}`;
const PAGES = "observe-page:";
const PATIENCE = 4_000; // a network that does not answer in time is none
const known = new Set(assets);

self.addEventListener("install", (event) => {
  event.waitUntil(bring().then(() => self.skipWaiting()));
});

async function bring() {
  const cache = await caches.open(FILES);
  await cache.addAll(assets.map((address) => new Request(address, { cache: "reload" })));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("observe-files:") && name !== FILES) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (isPage(url)) event.respondWith(page(request, url));
  } else if (known.has(url.pathname)) event.respondWith(file(request, url));
  else if (request.destination === "style") event.respondWith(fetch(request).catch(() => anywhere(request)));
});

const isPage = ({ pathname }) => /\/observe\/\d+\/$/.test(pathname);

async function file(request, url) {
  return (await (await caches.open(FILES)).match(url.pathname)) ?? fetch(request);
}

// From the network, so that it is hers and new; kept for when there is none. What the network refuses is not kept.
async function page(request, url) {
  const kept = await anywhere(url.pathname);
  try {
    const answer = await (kept ? Promise.race([fetch(request), tooLong()]) : fetch(request));
    if (answer.ok) await keep(url.pathname, answer.clone());
    else if (answer.status < 500) await drop(url.pathname);
    return answer.status >= 500 && kept ? kept : answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

const tooLong = () => new Promise((_, give) => setTimeout(() => give(new Error("The network does not answer.")), PATIENCE));

async function keep(path, answer) {
  const person = answer.headers.get("Observe-Person");
  if (person) await (await caches.open(`${PAGES}${person}`)).put(path, answer);
}

async function drop(path) {
  for (const name of await caches.keys()) if (name.startsWith(PAGES)) await (await caches.open(name)).delete(path);
}

async function anywhere(what) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const found = await (await caches.open(name)).match(what);
    if (found) return found;
  }
  return undefined;
}
