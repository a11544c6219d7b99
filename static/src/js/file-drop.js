// <file-drop> around a form with a field for files: they are dragged or chosen, come in pieces (tus 1.0) with their
// progress in sight, and go on where they were after a break. With data-uploads they go to a concept that exists;
// without it the form is sent first (the answer says where files go), and when all have arrived the page goes on.
// Without this script the form brings them by itself.
const PIECE = 4 * 1024 * 1024;
const TRIES = [1, 3, 8, 20]; // seconds between one try and the next
const seconds = (n) => new Promise((wake) => setTimeout(wake, n * 1000));
const online = () => navigator.onLine || new Promise((wake) => addEventListener("online", wake, { once: true }));
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

// One request; resolves with its status whatever that is, rejects when the line broke.
function send(method, url, headers, body, progress) {
  return new Promise((answer, broken) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", ...headers })) request.setRequestHeader(name, value);
    if (progress) request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => answer(request);
    request.onerror = request.ontimeout = broken;
    send.now = request;
    request.send(body);
  });
}

class FileDrop extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.querySelector("form");
    this.field = this.querySelector("input[type=file]");
    this.list = this.querySelector(".drop-list");
    this.drop = this.querySelector(".drop");
    this.files = [];
    this.classList.add("is-awake");
    this.field.addEventListener("change", () => this.take([...this.field.files]));
    for (const name of ["dragenter", "dragover"]) this.drop.addEventListener(name, (event) => this.over(event, true));
    for (const name of ["dragleave", "drop"]) this.drop.addEventListener(name, (event) => this.over(event, false));
    this.drop.addEventListener("drop", ({ dataTransfer }) => this.take([...dataTransfer.files]));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.leave = (event) => this.files.some((each) => each.state === "busy") && event.preventDefault();
    addEventListener("beforeunload", this.leave);
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.leave);
  }

  over(event, is) {
    event.preventDefault();
    this.drop.classList.toggle("is-over", is);
  }

  take(files) {
    for (const file of files) this.show({ file, state: "new", done: 0 });
    this.field.value = ""; // they are ours now; chosen again, they come again
    this.field.required = false;
    if (this.dataset.uploads) this.bring(this.dataset.uploads).then(() => this.arrived());
  }

  show(each) {
    const row = (each.row = document.createElement("li"));
    row.innerHTML = '<div class="body"><strong dir="auto"></strong><span class="soft"></span><progress max="1" value="0"></progress></div><button type="button" class="btn btn-plain btn-icon"><span aria-hidden="true">×</span><span class="visually-hidden"></span></button>';
    row.querySelector("strong").textContent = each.file.name;
    row.querySelector(".visually-hidden").textContent = `${this.dataset.stop}: ${each.file.name}`;
    row.querySelector("progress").setAttribute("aria-label", each.file.name);
    row.querySelector("button").addEventListener("click", () => this.stop(each));
    this.list.append(row);
    this.files.push(each);
    this.say(each);
  }

  say(each, words = "") {
    const [n, unit] = each.file.size < 1e6 ? [each.file.size / 1e3, "kB"] : [each.file.size / 1e6, "MB"];
    const size = `${n.toLocaleString(document.documentElement.lang, { maximumFractionDigits: n < 10 ? 1 : 0 })} ${unit}`;
    const said = words || (each.state === "busy" ? this.dataset.busy : each.state === "done" ? this.dataset.done : "");
    each.row.querySelector(".soft").textContent = said ? `${size} · ${said}` : size;
    each.row.querySelector("progress").value = each.file.size ? each.done / each.file.size : 0;
    each.row.classList.toggle("is-wrong", each.state === "wrong");
  }

  stop(each) {
    each.stopped = true;
    if (each.state === "busy") each.request?.abort();
    if (each.url) send("DELETE", each.url, this.token()).catch(() => {});
    this.files = this.files.filter((other) => other !== each);
    each.row.remove();
  }

  token() {
    return { "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value };
  }

  // Send the form without its files; where they go stands in the answer.
  async submit(event) {
    if (this.dataset.uploads || !this.files.length) return;
    event.preventDefault();
    const words = new FormData(this.form);
    words.delete(this.field.name);
    for (const { file } of this.files) words.append("named", file.name);
    const button = this.form.querySelector("[type=submit]");
    button.classList.add("is-busy");
    try {
      const answer = this.begun ?? (await (await fetch(this.form.action, { method: "POST", body: words, headers: { Accept: "application/json" } })).json());
      if (answer.errors) return HTMLFormElement.prototype.submit.call(this.form); // the page says what is not right
      this.begun = answer;
      await this.bring(answer.uploads);
      // What was refused is read first; who then goes on leaves it behind.
      const left = this.files.filter((each) => each.state !== "done");
      if (!left.length || left.every((each) => each.seen)) location.assign(answer.edit);
      for (const each of left) each.seen = each.state === "wrong";
    } catch {
      for (const each of this.files) each.state === "new" && this.say(each, this.dataset.failed);
    } finally {
      button.classList.remove("is-busy");
    }
  }

  // One after the other: a phone has one line.
  async bring(to) {
    if (this.going) return this.going;
    this.going = (async () => {
      let each;
      while ((each = this.files.find(({ state }) => state === "new"))) await this.one(each, to);
    })();
    await this.going;
    this.going = null;
  }

  async one(each, to) {
    each.state = "busy";
    this.say(each);
    for (let turn = 0; !each.stopped; turn++) {
      try {
        const wrong = await this.pieces(each, to);
        each.state = wrong ? "wrong" : "done";
        return this.say(each, wrong);
      } catch {
        if (each.stopped) return;
        this.say(each, this.dataset.failed);
        await seconds(TRIES[Math.min(turn, TRIES.length - 1)]);
        await online();
      }
    }
  }

  // What is wrong with it, or nothing. Throws when the line broke.
  async pieces(each, to) {
    const { file } = each;
    if (each.url) {
      const known = await send("HEAD", each.url, {});
      if (known.status === 200) each.done = Number(known.getResponseHeader("Upload-Offset"));
      else each.url = "";
    }
    if (!each.url) {
      const about = { ...this.token(), "Upload-Length": file.size, "Upload-Metadata": `filename ${encoded(file.name)}` };
      const begun = await send("POST", to, about);
      if (begun.status !== 201) return this.sentence(begun);
      [each.url, each.done] = [begun.getResponseHeader("Location"), 0];
    }
    while (each.done < file.size && !each.stopped) {
      const from = each.done;
      const headers = { ...this.token(), "Content-Type": "application/offset+octet-stream", "Upload-Offset": from };
      const sent = send("PATCH", each.url, headers, file.slice(from, from + PIECE), (loaded) => {
        each.done = Math.min(from + loaded, file.size);
        this.say(each);
      });
      each.request = send.now;
      const answer = await sent;
      if (answer.status === 409 || answer.status === 423) throw new Error("elsewhere");
      if (answer.status !== 204) return this.sentence(answer);
      each.done = Number(answer.getResponseHeader("Upload-Offset"));
    }
    each.url = ""; // it is a file now
    return "";
  }

  sentence(answer) {
    if (answer.status >= 500 && answer.status !== 507) throw new Error(String(answer.status));
    const isOurs = /^text\/plain/.test(answer.getResponseHeader("Content-Type") ?? "");
    return (isOurs && answer.responseText) || this.dataset.failed;
  }

  // On the page of a concept: what stands there is drawn anew, with the new files in it.
  async arrived() {
    if (this.files.some(({ state }) => state !== "done")) return;
    const place = this.closest("#files");
    const answer = await fetch(`${location.pathname}files/`);
    if (!answer.ok || !place) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#files");
    place.replaceWith(fresh);
    globalThis.htmx?.process(fresh);
  }
}
customElements.define("file-drop", FileDrop);

// What is asked only after a certain answer.
for (const part of document.querySelectorAll(".only-if")) {
  const asked = document.getElementsByName(part.dataset.when);
  const look = () => (part.hidden = ![...asked].some((each) => each.checked && part.dataset.is.split(" ").includes(each.value)));
  for (const each of asked) each.addEventListener("change", look);
  look();
}
