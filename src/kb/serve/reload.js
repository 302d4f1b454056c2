// Keeps an open page at what the site is at. Part of the preview only, never of the site.
(() => {
  "use strict";
  const EVENTS = "/__kb/events";
  const MEMO = "kb-reload";
  const SHEETS = "link[rel~='stylesheet']:not([data-kb-old])";
  const own = document.currentScript.dataset;
  const page = own.page;
  let style = own.style;
  let stream = null;
  let timer = 0;
  let leaving = false;
  let shown = "";

  // --- the stream -----------------------------------------------------------------------------

  // A hidden page holds no connection: browsers allow only six to a host, and there may be more
  // tabs. When it is seen again, the first message tells it all that it missed.
  const attend = () => {
    if (document.visibilityState === "hidden") close();
    else if (!stream && !leaving) open();
  };

  const close = () => {
    clearTimeout(timer);
    if (stream) stream.close();
    stream = null;
  };

  const open = () => {
    close();
    stream = new EventSource(EVENTS);
    stream.onmessage = (event) => follow(JSON.parse(event.data));
    stream.onerror = () => {
      // The browser retries by itself unless it was answered with an error.
      if (stream && stream.readyState === EventSource.CLOSED) timer = setTimeout(open, 1000);
    };
  };

  const follow = (state) => {
    if (leaving) return;
    if (state.page !== page && reload(state.page)) return;
    show(state.problems, state.more);
    if (state.style === style) return;
    style = state.style;
    restyle().catch(() => reload(state.style));
  };

  // --- loading again --------------------------------------------------------------------------

  const recall = () => {
    try {
      return JSON.parse(sessionStorage.getItem(MEMO)) || {};
    } catch {
      return {};
    }
  };

  const remember = (memo) => {
    try {
      sessionStorage.setItem(MEMO, JSON.stringify(memo));
    } catch {
      // A page without storage loses its scroll position, no more.
    }
  };

  // False where the page was loaded for this very reason and is still an old one (a service worker
  // may hold it): once more would be for ever.
  const reload = (reason) => {
    const memo = recall();
    if (memo.reason === reason && memo.path === location.pathname) return false;
    leaving = true;
    close();
    remember({ reason, path: location.pathname, x: scrollX, y: scrollY, back: true });
    location.reload();
    return true;
  };

  const scrollBack = () => {
    const memo = recall();
    if (!memo.back || memo.path !== location.pathname) return;
    remember({ ...memo, back: false });
    const back = () => scrollTo({ left: memo.x, top: memo.y, behavior: "instant" });
    back();
    if (document.readyState !== "complete") addEventListener("load", back, { once: true });
  };

  // The names of stylesheets change with their content, so the page is asked for the new ones.
  const restyle = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const links = [...document.querySelectorAll(SHEETS)];
    const next = [...fresh.querySelectorAll(SHEETS)];
    if (links.length !== next.length) throw new Error("other stylesheets");
    links.forEach((link, at) => swap(link, next[at].getAttribute("href")));
  };

  const swap = (link, href) => {
    const url = new URL(href, document.baseURI);
    if (url.origin !== location.origin) return;
    url.searchParams.set("kb", style);
    const copy = link.cloneNode();
    copy.href = url.href;
    copy.onload = () => link.remove();
    copy.onerror = () => reload(style);
    link.dataset.kbOld = "";
    link.after(copy);
  };

  // --- problems -------------------------------------------------------------------------------

  const CSS = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647;
      color-scheme: dark; }
    @media print { :host { display: none; } }
    details { box-sizing: border-box; max-height: 70vh; overflow: auto; padding: 0 1.25rem;
      background: #191c20; color: #e8eaed; border-top: 3px solid var(--tone);
      font: 14px/1.55 system-ui, "Noto Sans CJK SC", sans-serif;
      box-shadow: 0 -8px 32px rgb(0 0 0 / .35); }
    .error { --tone: #ff7b72; }
    .warning { --tone: #e3b341; }
    details:not([open]) { width: fit-content; margin: 0 0 0 auto; border-radius: 8px 0 0 0; }
    summary { padding: .6rem 0; font-weight: 600; color: var(--tone); cursor: pointer; }
    summary:focus-visible { outline: 2px solid var(--tone); outline-offset: -4px; }
    article { padding: .6rem 0 .9rem; border-top: 1px solid #33383f; }
    p { margin: 0; overflow-wrap: anywhere; }
    .place, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
    .place { color: #a9b1bb; }
    .code { color: var(--tone); font-weight: 600; }
    pre { margin: .4rem 0; padding: .5rem .75rem; overflow-x: auto; background: #0f1114;
      border-radius: 6px; tab-size: 4; }
    .carets { color: var(--tone); }
    .hint { color: #b7d3f2; }`;

  const element = (name, kind, text = "") => {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  };

  const counted = (number, word) => (number ? [`${number} ${word}${number > 1 ? "s" : ""}`] : []);

  const heading = (problems, more) => {
    const errors = problems.filter((problem) => problem.severity === "error").length;
    return [
      ...counted(errors, "error"),
      ...counted(problems.length - errors, "warning"),
      ...(more ? [`${more} more`] : []),
    ].join(", ");
  };

  const card = (problem) => {
    const made = element("article", problem.severity);
    const what = element("p", "what");
    what.append(
      element("span", "code", `${problem.severity}[${problem.code}]`),
      element("span", "message", `: ${problem.message}`),
    );
    made.append(element("p", "place", problem.place), what);
    if (problem.source) made.append(excerpt(problem));
    if (problem.hint) made.append(element("p", "hint", `hint: ${problem.hint}`));
    return made;
  };

  const excerpt = (problem) => {
    const made = element("pre", "source", `${problem.line} | ${problem.source}`);
    const margin = " ".repeat(problem.line.length) + " | ";
    if (problem.carets) made.append("\n" + margin, element("span", "carets", problem.carets));
    return made;
  };

  const panel = (problems, more) => {
    const worst = problems.some((problem) => problem.severity === "error") ? "error" : "warning";
    const made = element("details", worst);
    // Warnings alone do not stand in the way of reading.
    made.open = worst === "error";
    made.setAttribute("role", worst === "error" ? "alert" : "status");
    made.append(element("summary", "", heading(problems, more)), ...problems.map(card));
    return made;
  };

  const show = (problems, more) => {
    const key = JSON.stringify([problems, more]);
    if (key === shown) return;
    shown = key;
    document.querySelector("kb-problems")?.remove();
    if (!problems.length) return;
    const host = document.createElement("kb-problems");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    root.append(panel(problems, more));
    document.documentElement.append(host);
  };

  scrollBack();
  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", attend);
  addEventListener("pagehide", close);
  attend();
})();
