// What a person would notice of a page, asked of the page itself. The sweep brings it along; the platform has none of it.
window.sweep = (() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 2 && box.height > 2;
  };
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.innerText || element.name || "").trim().replace(/\s+/g, " ");
    const kind = [element.localName, ...element.classList].join(".");
    return `${kind} “${words.slice(0, 40)}”`;
  };

  // Sizes -----------------------------------------------------------------------------------------
  const pressed = "button, .btn, summary, select, textarea, nav a, .menu-list a, [role=button], "
    + "input:not([type=hidden], [type=checkbox], [type=radio], [type=range])";
  const finger = 43.5;
  function small() {
    return [...document.querySelectorAll(pressed)].filter(seen).flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width < finger || height < finger ? [`${name(element)} is ${Math.round(width)} × ${Math.round(height)}`] : [];
    });
  }
  function wide() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const scrolls = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== "visible") return true;
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1 && seen(element) && !scrolls(element),
    );
    return [`${scrollWidth} px in ${clientWidth}: ${out.slice(-3).map(name).join(", ")}`];
  }

  // Words -----------------------------------------------------------------------------------------
  function words() {
    const said = [document.title];
    const foreign = "[lang]:not([lang=nl]):not(html), script:not([type='application/json']), style, template";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.replace(/\s+/g, " ").trim();
      if (text && !walker.currentNode.parentElement.closest(foreign)) said.push(text);
    }
    for (const attribute of ["aria-label", "title", "placeholder", "alt", "data-confirm", "data-hx-confirm", "data-say"])
      for (const element of document.querySelectorAll(`[${attribute}]`))
        if (!element.closest(foreign)) said.push(element.getAttribute(attribute));
    return said;
  }

  // Keyboard --------------------------------------------------------------------------------------
  const reached = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const traits = ["outline", "boxShadow", "borderColor", "backgroundColor", "textDecoration", "transform"];
  const look = (element) => {
    const around = [element, element.parentElement, element.nextElementSibling, element.closest("label")];
    return around.filter(Boolean).map((one) => {
      const style = getComputedStyle(one);
      return traits.map((trait) => style[trait]).join();
    }).join("|");
  };
  let stops = [];
  let before = [];
  function begin() {
    document.activeElement?.blur();
    const groups = new Set();
    stops = [...document.querySelectorAll(reached)].filter((element) => {
      if (element.disabled || element.tabIndex < 0 || element.closest("[inert]")) return false;
      if (!element.checkVisibility({ visibilityProperty: true }) || element.classList.contains("skip")) return false;
      if (element.type !== "radio") return true;
      const group = `${element.form?.id}/${element.form?.action}/${element.name}`;
      return groups.has(group) ? false : groups.add(group);
    });
    before = stops.map(look);
    return stops.map(name);
  }
  function here() {
    const element = document.activeElement;
    if (!element || element === document.body) return { stop: null };
    const twin = (one) => one.type === "radio" && element.type === "radio" && one.name === element.name && one.form === element.form;
    const stop = stops.findIndex((one) => one === element || twin(one));
    const shown = stop < 0 || stops[stop] !== element || look(element) !== before[stop];
    return { stop, shown, label: name(element) };
  }

  // States ----------------------------------------------------------------------------------------
  let spoiled = null;
  function unfold() {
    // Open menus would lie over each other: one of them is enough.
    const menu = document.querySelector("main details.menu-box:not([open])");
    const folds = document.querySelectorAll("main details:not([open], .menu-box)");
    const closed = [...folds, menu].filter((one) => one?.checkVisibility());
    for (const one of closed) one.open = true;
    if (menu?.open) beneath(menu);
    return closed.length;
  }
  function beneath(menu) {
    // What lies beneath an open menu is reached when that is closed, so it is not measured by what sticks out.
    const over = menu.querySelector(".menu-list").getBoundingClientRect();
    for (const one of document.querySelectorAll("main :is(a, button, summary, input)")) {
      const its = one.getBoundingClientRect();
      const meets = its.left < over.right && over.left < its.right && its.top < over.bottom && over.top < its.bottom;
      if (meets && !menu.contains(one)) one.inert = true;
    }
  }
  function fold() {
    for (const one of document.querySelectorAll("main [inert]")) one.inert = false;
  }
  function spoil() {
    // The first form in which something must be filled in, emptied and sent.
    for (const form of document.querySelectorAll("main form[method=post]")) {
      const asked = [...form.elements].filter((field) => field.required && field.checkVisibility());
      if (!asked.length) continue;
      for (const field of asked) {
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else field.value = "";
      }
      form.noValidate = true;
      for (const button of form.querySelectorAll("[data-confirm]")) delete button.dataset.confirm;
      delete form.dataset.confirm;
      spoiled = form;
      return true;
    }
    return false;
  }
  function send() {
    spoiled.requestSubmit(spoiled.querySelector("button[type=submit], button:not([type])"));
  }
  function unlinked() {
    return [...document.querySelectorAll("[aria-invalid=true]")].filter((field) => {
      const ids = (field.closest("fieldset")?.getAttribute("aria-describedby") || field.getAttribute("aria-describedby") || "").split(" ");
      return !ids.some((id) => id && document.getElementById(id)?.innerText.trim());
    }).map(name);
  }
  function confirming() {
    const asking = [...document.querySelectorAll("main [data-confirm]")].find((element) => element.checkVisibility());
    const button = asking?.matches("form") ? asking.querySelector("button[type=submit], button:not([type])") : asking;
    if (button?.form) button.form.noValidate = true; // what must be filled in first is not what we look at here
    button?.click();
    return Boolean(button);
  }
  return { small, wide, words, begin, here, unfold, fold, spoil, send, unlinked, confirming };
})();
