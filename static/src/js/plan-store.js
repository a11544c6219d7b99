// What waits to be sent of a plan, on this device: written at each keystroke and at once, so that a tab that is closed in
// the middle of a word loses nothing. Each open page has a place of its own; a page that opens takes over what pages
// before it left. Gone at sign-out, like all that <keep-text> keeps.
export class Store {
  constructor(person, plan, visitor) {
    this.prefix = `keep:${person}:plan-${plan}:`;
    this.name = this.prefix + visitor;
  }

  read() {
    const found = [];
    for (const name of this.names()) {
      try {
        found.push(...(JSON.parse(localStorage.getItem(name))?.waiting ?? []));
      } catch {
        // Cut off or not ours: nothing can be made of it.
      }
    }
    this.others = this.names().filter((name) => name !== this.name);
    return found;
  }

  write(waiting) {
    try {
      if (waiting.length) localStorage.setItem(this.name, JSON.stringify({ waiting, at: Date.now() }));
      else localStorage.removeItem(this.name);
      for (const name of this.others ?? []) localStorage.removeItem(name); // they stand here now
      this.others = [];
    } catch {
      // A full or forbidden store: it stays in this page, and is sent from here.
    }
  }

  names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
    } catch {
      return [];
    }
  }
}
