// What was tapped at the door and not sent yet, kept on this device per person and event; gone when the server has it.
export const uuid = () =>
  crypto.randomUUID?.() ?? // only on a safe origin
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

export function waits(person, event) {
  const name = `door:${person}:${event}`;
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(name)) ?? [];
  } catch {
    // A full or forbidden store: it stays in this page, and is sent from here.
  }
  const write = () => {
    try {
      if (kept.length) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
    } catch {
      // As above.
    }
  };
  return {
    all: () => kept,
    add: (row) => (kept.push(row), write()),
    drop: (keys) => ((kept = kept.filter(({ key }) => !keys.includes(key))), write()),
    device() {
      try {
        const known = localStorage.getItem("door-device") ?? uuid();
        localStorage.setItem("door-device", known);
        return known;
      } catch {
        return "";
      }
    },
  };
}
