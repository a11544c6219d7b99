// A stroke "/" goes to the field in which one searches, or to the page that has one; Escape leaves it again.
const inText = (element) => element.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || inText(event.target)) return;
  const field = document.querySelector("input[data-slash]");
  const link = document.querySelector("a[data-slash]");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.focus();
  else location.assign(link.href);
});
