// Whoever signs out leaves no copy of a page on this device.
document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-forget]") || !("caches" in window)) return;
  for (const name of await caches.keys()) if (name.startsWith("programme-page:")) caches.delete(name);
});
