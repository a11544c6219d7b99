// Builds the front end: node build.mjs [--watch]
// static/src → static/dist: app.css (sass), app.js (esbuild), icons.svg (the Tabler icons in use), fonts.
// Hashing and compression are Django's work (manifest storage, whitenoise).
import { build, context } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, "node_modules");
const out = join(root, "static/dist");
const watching = process.argv.includes("--watch");
const kB = 1024;
const ceilings = { "app.css": 40 * kB, "app.js": 40 * kB };

const fonts = {
  "figtree-latin.woff2": "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
  "figtree-latin-ext.woff2": "@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2",
  "bricolage-latin.woff2": "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
  "bricolage-latin-ext.woff2": "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-ext-wght-normal.woff2",
};

function buildFonts() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  for (const [name, source] of Object.entries(fonts)) copyFileSync(join(modules, source), join(out, "fonts", name));
}

function buildStyles() {
  const { css } = sass.compile(join(root, "static/src/scss/app.scss"), {
    style: watching ? "expanded" : "compressed",
    loadPaths: [modules],
    quietDeps: true,
    // Bootstrap 5.3 still speaks the older dialect of Sass.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  writeFileSync(join(out, "app.css"), css);
}

// An icon is named in a template ({% icon "home" %}, icon="home") or in Python (icon="home", "icon": "home", item("home", label, "home", …), Hint("home", …), a dict that ends in ICONS).
const namings = [/\{%\s*icon\s+["']([^"']+)["']/g, /\bicon=["']([a-z0-9-]+)["']/g, /["']icon["']:\s*["']([a-z0-9-]+)["']/g,
  /\bitem\(\s*["'][^"']+["'],\s*[^,]+,\s*["']([a-z0-9-]+)["']/g, /\bHint\(\s*["']([a-z0-9-]+)["']/g];
const skipped = new Set(["node_modules", "static", "tests", "var", "locale", "docs", "look"]);

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(html|py)$/.test(entry.name)) yield path;
  }
}

function buildIcons() {
  const found = new Map();
  for (const path of sources(root)) {
    const text = readFileSync(path, "utf8");
    for (const naming of namings) for (const [, name] of text.matchAll(naming)) found.set(name, path);
    for (const [, dict] of text.matchAll(/ICONS = \{([^}]*)\}/g)) for (const [, name] of dict.matchAll(/:\s*["']([a-z0-9-]+)["']/g)) found.set(name, path);
  }
  const unknown = [];
  const symbols = [...found.keys()].sort().map((name) => {
    const filled = name.endsWith("-filled");
    const file = join(modules, "@tabler/icons/icons", filled ? "filled" : "outline", `${filled ? name.slice(0, -7) : name}.svg`);
    if (!existsSync(file)) {
      unknown.push(`${name} (${found.get(name)})`);
      return "";
    }
    const inner = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "");
    const tidy = inner.replace(/\s*\n\s*/g, "").replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24"${filled ? ' fill="currentColor" stroke="none"' : ""}>${tidy}</symbol>`;
  });
  if (unknown.length) throw new Error(`Tabler has no icon named:\n  ${unknown.join("\n  ")}`);
  writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  return found.size;
}

const scripts = {
  entryPoints: [join(root, "static/src/js/app.js")],
  outdir: out,
  bundle: true,
  format: "esm",
  splitting: true, // heavy parts (editor, upload, drag) are dynamic imports with files of their own
  chunkNames: "chunks/[name]-[hash]",
  target: ["chrome109", "firefox115", "safari16.4"],
  minify: !watching,
  sourcemap: watching ? "inline" : false,
  legalComments: "none",
};

// Service workers are classic scripts of their own (modules would need more of the content security policy).
const workers = ["observe-worker.js", "programme-worker.js"].map((name) => ({
  ...scripts, entryPoints: [join(root, `static/src/js/${name}`)], format: "iife", splitting: false,
}));

// What the observer's page needs without a network: the base script and that of the page with all that they load at once,
// what it sends with, the style sheet, fonts and icons. Read by lessonstudy/offline.py.
const offlineEntries = ["app.js", "observe.js", "observe-send.js"];

function listOffline({ outputs }) {
  const found = new Set();
  const take = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") take(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (offlineEntries.some((name) => entryPoint?.endsWith(`/js/${name}`))) take(path);
  const scripts = [...found].map((path) => path.slice(path.indexOf("static/") + "static/".length));
  const others = ["dist/app.css", "dist/icons.svg", ...Object.keys(fonts).filter((name) => !name.includes("-ext")).map((name) => `dist/fonts/${name}`)];
  writeFileSync(join(out, "observe-assets.json"), `${JSON.stringify([...others, ...scripts.sort()], null, 1)}\n`);
}

const listing = { name: "offline", setup: (made) => made.onEnd(({ metafile }) => metafile && listOffline(metafile)) };
scripts.metafile = true;
scripts.plugins = [listing];

function weigh() {
  for (const [name, ceiling] of Object.entries(ceilings)) {
    const weight = gzipSync(readFileSync(join(out, name))).length;
    console.log(`${name}: ${(weight / kB).toFixed(1)} kB compressed (at most ${ceiling / kB})`);
    if (weight > ceiling) throw new Error(`${name} is too heavy for a phone on a slow line.`);
  }
}

mkdirSync(out, { recursive: true });
rmSync(join(out, "chunks"), { recursive: true, force: true });
buildFonts();
buildStyles();
console.log(`icons.svg: ${buildIcons()} icons`);

if (watching) {
  await (await context(scripts)).watch();
  for (const worker of workers) await (await context(worker)).watch();
  const again = (work) => () => {
    try {
      work();
    } catch (problem) {
      console.error(problem.message);
    }
  };
  watch(join(root, "static/src/scss"), { recursive: true }, again(buildStyles));
  watch(join(root, "templates"), { recursive: true }, again(buildIcons));
  console.log("Watching static/src and templates.");
} else {
  await build(scripts);
  for (const worker of workers) await build(worker);
  weigh();
}
