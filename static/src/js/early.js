// A page that sends by itself, also without a network, is there a moment after the rest. What is sent in that moment waits
// for it (`awake`: a promise of the element). If it never comes, the plain form does it.
export async function early(element, load) {
  const sent = [];
  const wait = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    sent.push([event.target, event.submitter]);
  };
  element.addEventListener("submit", wait, true);
  try {
    await load();
    await element.awake;
  } finally {
    element.removeEventListener("submit", wait, true);
    for (const [form, submitter] of sent) form.requestSubmit(submitter);
  }
}
