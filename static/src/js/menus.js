// details.menu-box closes on Escape, on a press elsewhere, and when the focus leaves.
const open = () => document.querySelectorAll("details.menu-box[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const box of open()) {
    box.open = false;
    if (box.contains(document.activeElement)) box.querySelector("summary").focus();
  }
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const box of open()) if (!box.contains(event.target)) box.open = false;
  });
}
