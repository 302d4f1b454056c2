// What the page does beyond HTML: colour switch, copy buttons, place in the contents, previews, Esc.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  const button = document.querySelector(".switch");
  const grounds = all('meta[name="theme-color"]').map((meta) => [meta, meta.content]);
  const showScheme = () => {
    const scheme = root.dataset.scheme || "auto";
    button.setAttribute("aria-label", button.dataset[scheme]);
    button.title = button.dataset[scheme];
    for (const [meta, own] of grounds) {
      meta.content = scheme === "auto" ? own : grounds[scheme === "dark" ? 1 : 0][1];
    }
  };
  if (button) {
    showScheme();
    button.addEventListener("click", () => {
      const next = { light: "dark", dark: "" }[root.dataset.scheme] ?? "light";
      if (next) root.dataset.scheme = next;
      else delete root.dataset.scheme;
      try {
        if (next) localStorage.setItem("kb-scheme", next);
        else localStorage.removeItem("kb-scheme");
      } catch { /* storage is refused: the choice lasts for this page */ }
      showScheme();
    });
  }

  // Search is loaded when it is first asked for; the link leads to its page without it.
  const find = document.querySelector(".find");
  if (find) {
    const open = (event) => {
      event.preventDefault();
      if (window.kbSearch) return window.kbSearch.open();
      const script = document.createElement("script");
      script.onload = () => window.kbSearch.open();
      script.onerror = () => { location.href = find.href; };
      script.src = find.dataset.script;
      document.head.append(script);
    };
    find.setAttribute("aria-haspopup", "dialog");
    find.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
    });
    document.addEventListener("keydown", (event) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      const isTyping = target.closest("input, textarea, select, [contenteditable]");
      const isAsked = ctrlKey || metaKey ? key === "k" : key === "/" && !isTyping;
      if (isAsked && !altKey && !event.isComposing) open(event);
    });
  }

  const { copy, copied } = document.body.dataset;
  if (navigator.clipboard) {
    for (const pre of all(".prose .code > pre")) {
      const press = document.createElement("button");
      press.type = "button";
      press.className = "copy";
      press.lang = document.body.lang || root.lang;
      press.textContent = copy;
      press.addEventListener("click", async () => {
        const code = pre.cloneNode(true);
        const isSession = code.querySelector(".gp");
        for (const part of all(".gp, .go", code)) part.remove();
        const text = code.textContent;
        await navigator.clipboard.writeText(isSession ? text.replace(/\n{2,}/g, "\n") : text);
        press.textContent = copied;
        setTimeout(() => { press.textContent = copy; }, 1600);
      });
      pre.before(press);
    }
  }

  const entries = new Map();
  for (const link of all(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.set(heading, link);
  }
  if (entries.size && "IntersectionObserver" in window) {
    const headings = [...entries.keys()];
    const place = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
      const current = passed.at(-1);
      for (const [heading, link] of entries) {
        if (heading === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      const link = entries.get(current);
      const box = link && link.closest(".contents");
      if (box && box.scrollHeight > box.clientHeight) {
        box.scrollTop = link.offsetTop - box.clientHeight / 2;
      }
    };
    const watch = new IntersectionObserver(place, { rootMargin: "-33% 0px 0px 0px" });
    headings.forEach((heading) => watch.observe(heading));
  }

  const menu = document.querySelector(".menu");
  if (menu) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }

  // A link to an article shows its card: under the pointer, with the keyboard, by a long press.
  const store = document.getElementById("kb-previews");
  const cards = new Map(store && [...store.content.children].map((card) => [
    card.querySelector("a").getAttribute("href"), card,
  ]));
  const cardOf = (link) => cards.get(link.getAttribute("href").split("#")[0]);
  const linkAt = (place) => place.closest && place.closest("[data-preview]");
  let owner, card, timer, pressed;
  const hide = () => {
    clearTimeout(timer);
    if (!card) return;
    owner.removeAttribute("aria-describedby");
    card.remove();
    owner = card = null;
  };
  const show = (link) => {
    if (link === owner) return;
    hide();
    owner = link;
    card = document.importNode(cardOf(link), true);
    card.id = "kb-preview";
    document.body.append(card);
    link.setAttribute("aria-describedby", card.id);
    const lines = [...link.getClientRects()], last = lines.at(-1), height = card.offsetHeight + 8;
    const above = last.bottom + height > innerHeight && lines[0].top > height;
    const room = root.clientWidth - card.offsetWidth - 16;
    card.style.left = `${scrollX + Math.max(16, Math.min((above ? lines[0] : last).left, room))}px`;
    card.style.top = `${scrollY + (above ? lines[0].top - height : last.bottom + 8)}px`;
  };
  const later = (wait, act, ...rest) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait, ...rest);
  };
  const on = (name, act) => document.addEventListener(name, act);
  if (cards.size) {
    for (const link of all(".prose a[href]")) if (cardOf(link)) link.dataset.preview = "";
    on("pointerover", ({ target, pointerType }) => {
      if (pointerType === "touch") return;
      const link = linkAt(target);
      if (card && card.contains(target)) clearTimeout(timer);
      else if (link) later(300, show, link);
      else if (!owner || !owner.matches(":focus-visible")) later(200, hide);
    });
    on("focusin", ({ target }) => {
      const link = linkAt(target);
      if (link && link.matches(":focus-visible")) later(300, show, link);
    });
    on("focusout", ({ relatedTarget }) => {
      if (!card || !card.contains(relatedTarget)) hide();
    });
    on("keydown", ({ key }) => {
      pressed = false;
      if (key === "Escape") hide();
    });
    on("pointerdown", ({ target, pointerType }) => {
      pressed = false;
      const link = linkAt(target);
      if (!card || !card.contains(target)) hide();
      if (link && pointerType === "touch") later(400, () => { pressed = true; show(link); });
    });
    for (const name of ["pointerup", "pointercancel"]) {
      on(name, () => { if (!card) clearTimeout(timer); });
    }
    // The menu of a long press is one on the card's own link.
    for (const name of ["contextmenu", "click"]) {
      on(name, (event) => { if (pressed && linkAt(event.target)) event.preventDefault(); });
    }
  }
})();
