// What the page does beyond HTML: colour switch, copy buttons, place in the contents, Esc.
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
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
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
    const watch = new IntersectionObserver(place, { rootMargin: "-119px 0px 0px 0px" });
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
})();
