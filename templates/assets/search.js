// Search on its page, on the page for lost addresses and in a dialog. docs/search.md has the format.
(() => {
  "use strict";
  const site = new URL("../", document.currentScript.src);
  const FIRST = 10, CHECKED = 20, NEAR = 30, PAIRS = 10;

  /* Files. */
  const given = new Map(), loads = new Map();
  const load = (name) => {
    if (!loads.has(name)) loads.set(name, new Promise((resolve, reject) => {
      const script = make("script");
      script.onload = script.onerror = (event) => {
        script.remove();
        if (given.has(name)) return resolve(given.get(name));
        loads.delete(name);
        reject(event);
      };
      script.src = new URL(`search/${name}.js`, site);
      document.head.append(script);
    }));
    return loads.get(name);
  };
  const start = async () => {
    const root = await load("root");
    if (root.version !== 1) throw new Error(`search index ${root.version}`);
    return root;
  };

  /* Folding, terms and postings, as the index has them. */
  const UNSEEN = /[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
  const WORD = /[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff]+/g;
  const RUNS = RegExp(`${WORD.source}|[^\\0-\\x7f\\p{P}\\p{Z}]+`, "gu");
  // What asks or joins in Chinese, where two signs stand at either side of a lone one.
  const LINKS = /怎么[办样]?|为什么|什么|如何|哪[些个里]|(?<=..)[的了和与及](?=..)/u;
  const folded = (text) => text.replace(UNSEEN, "").replace(/\p{Cs}/gu, "\ufffd").normalize("NFKC")
    .toLowerCase().normalize("NFKC").replace(/ς/g, "σ")
    .replace(/[\0-\x20\x7f-\x9f\u1680\u2028\u2029]+/g, " ");
  const fold = (text) => folded(text).replace(/^ | $/g, "");
  const words = (text) => (text.match(WORD) || []).filter((word) => word.length < 33);
  const isWord = (text) => words(text)[0] === text;
  const pairs = (text) => {
    const signs = [...text];
    return signs.slice(1).map((sign, place) => signs[place] + sign);
  };
  const spread = (text) => {
    let hash = 0;
    for (const sign of text) {
      hash = Math.imul(hash ^ sign.codePointAt(0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  };
  const shardOf = (term, shards) =>
    spread(term[0] === "W" ? [...term].slice(0, 4).join("") : term) % shards;
  const DIGITS = new Map();
  for (let code = 32; code < 127; code++) {
    const digit = String.fromCharCode(code);
    if (!'"<\\'.includes(digit)) DIGITS.set(digit, DIGITS.size);
  }
  const read = (text = "") => {
    const found = [];
    let slot = -1, number = 0, weight = 1;
    for (const digit of text) {
      const value = DIGITS.get(digit);
      number += value * weight;
      weight *= 32;
      if (value < 60) {
        slot += 1 + (number >>> 3);
        found.push([slot, number & 7]);
        number = 0;
        weight = 1;
      }
    }
    return found;
  };

  /* Asking. */
  const STRENGTH = [1, 1.3, 1.55, 1.75, 2.6, 2.9, 3.1, 3.3];
  const unique = (list) => [...new Set(list)];
  // A piece is a word, or signs of a script without blanks: what a text must hold somewhere.
  const parse = (query) => {
    const whole = fold(query), parts = [];
    for (const [, phrase, part] of whole.matchAll(/"([^"]+)"|([^ ]+)/g)) {
      const text = phrase ? phrase.trim() : part;
      const every = text.match(RUNS) || [], split = every.flatMap((run) => run.split(LINKS)).filter(Boolean);
      const runs = phrase || !split.length ? every : split;
      const atoms = runs.flatMap((run) => (
        isWord(run) ? `W${run}` : [...run].length > 1 ? pairs(run) : run));
      const isPlain = runs.some((run) => run.length > 1 || run > "\x7f");
      if (!isPlain) atoms.push(...pairs(text));
      const pieces = phrase || !isPlain ? [text] : runs;
      if (text) parts.push({ text, atoms, pieces });
    }
    return { whole, parts, atoms: unique(parts.flatMap((part) => part.atoms)) };
  };
  // Evenly chosen, the first and the last among them.
  const some = (list, most) => list.length <= most ? list
    : Array.from({ length: most }, (_, place) => list[Math.round(place * (list.length - 1) / (most - 1))]);
  const shard = async (term) => load(`t/${shardOf(term, (await start()).shards).toString(16)}`);
  const postings = async (term) => new Map(read((await shard(term))[term]));
  const all = async (terms) => {
    const [first, ...rest] = (await Promise.all(terms.map(postings))).sort((a, b) => a.size - b.size);
    return [...first.keys()].filter((slot) => rest.every((found) => found.has(slot)));
  };
  // Edits between two words, neighbours that changed places being one; `most` + 1 stands for more.
  const distance = (from, to, most) => {
    if (Math.abs(from.length - to.length) > most) return most + 1;
    let before, row = Array.from({ length: to.length + 1 }, (_, n) => n);
    for (let i = 1; i <= from.length; i++) {
      const next = [i];
      for (let j = 1; j <= to.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] !== to[j - 1]));
        if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      [before, row] = [row, next];
    }
    return row[to.length];
  };
  // The documents of a word: as it is, as the beginning of others, else as one nearly like it.
  const wordHits = async (term, asked) => {
    const terms = await shard(term), hits = new Map();
    const add = (key, share) => {
      for (const [slot, impact] of read(terms[key])) {
        hits.set(slot, Math.max(hits.get(slot) || 0, share * STRENGTH[impact]));
      }
    };
    if (term.length < 4) add(term, 1);
    else for (const key in terms) if (key.startsWith(term)) add(key, key === term ? 1 : 0.7);
    if (!hits.size && term.length > 4) {
      const most = term.length > 8 ? 2 : 1;
      for (const key in terms) {
        if (key.startsWith(term.slice(0, 4)) && distance(term, key, most) <= most) {
          add(key, 0.6);
          asked.typos.push([term.slice(1), key.slice(1)]);
        }
      }
    }
    return hits;
  };
  const hitsOf = async (term, asked) => {
    if (term[0] === "W") return wordHits(term, asked);
    const hits = await postings(term);
    for (const [slot, impact] of hits) hits.set(slot, STRENGTH[impact]);
    return hits;
  };
  // A pair much rarer than one beside it joins two words by chance, and says little.
  const weigh = (root, terms, hits) => terms.map((term, place) => {
    const size = hits[place].size, idf = Math.log(1 + (root.documents - size + 0.5) / (size + 0.5));
    const beside = (other, step) => other && other[0] !== "W" && (
      step < 0 ? [...other][1] === [...term][0] : [...other][0] === [...term][1])
      ? hits[place + step].size : 0;
    const most = term[0] === "W" ? 0 : Math.max(beside(terms[place - 1], -1), beside(terms[place + 1], 1));
    return size ? idf * (most > size * 8 ? 0.25 : 1) : 0.5;
  });
  const rank = (root, hits, weights, kept) => {
    const sums = new Float64Array(root.capacity), covers = new Float64Array(root.capacity);
    const counts = new Uint16Array(root.capacity);
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    hits.forEach((found, place) => {
      for (const [slot, strength] of found) {
        sums[slot] += weights[place] * strength;
        covers[slot] += weights[place] / total;
        counts[slot]++;
      }
    });
    const ranked = [];
    counts.forEach((count, slot) => {
      if (!count || !kept(slot)) return;
      ranked.push({ slot, isWhole: count >= hits.length, score: sums[slot] * covers[slot] ** 3, cover: covers[slot] });
    });
    return ranked;
  };
  const inside = async (asked, hits) => {
    const lone = asked.parts.some(({ text }) => text.length < 2 && text < "\x7f");
    const texts = asked.parts.filter(({ atoms }) => atoms.some((term) => term[0] === "W"));
    for (const { text, atoms } of lone ? [{ text: asked.whole, atoms: asked.atoms }] : texts) {
      const terms = pairs(text);
      if (!terms.length) continue;
      for (const slot of await all(some(terms, PAIRS))) {
        for (const term of atoms) {
          const found = hits[asked.atoms.indexOf(term)];
          if (found && !found.has(slot)) found.set(slot, 0.5);
        }
      }
    }
  };
  const keeper = async (term) => {
    const kept = term.length > 1 && await postings(term);
    return kept ? (slot) => kept.has(slot) : () => true;
  };
  const byScore = (a, b) => b.isWhole - a.isWhole || b.score - a.score;
  const find = async (query, filter = {}, isDeep = false) => {
    const root = await start(), asked = { ...parse(query), typos: [] };
    const terms = some(asked.atoms, 16);
    asked.atoms = terms;
    const keepers = Promise.all([keeper(`G${fold(filter.tag || "")}`), keeper(`T${filter.topic || ""}`)]);
    const hits = await Promise.all(terms.map((term) => hitsOf(term, asked)));
    const weights = weigh(root, terms, hits), [isTagged, isFiled] = await keepers;
    const filed = ({ slot }) => isFiled(slot), whole = ({ isWhole }) => isWhole;
    let ranked = rank(root, hits, weights, isTagged);
    if (isDeep || ranked.filter(filed).filter(whole).length < FIRST) {
      await inside(asked, hits);
      ranked = rank(root, hits, weights, isTagged);
    }
    ranked.sort(byScore);
    const wholes = ranked.filter(whole), near = ranked.filter((one) => !one.isWhole && one.cover > 0.3);
    const every = wholes.length ? wholes : near.slice(0, NEAR);
    const order = [...wholes.filter(filed), ...near.filter(filed).slice(0, NEAR)];
    const found = { root, asked, order, every: every.map(({ slot }) => slot) };
    await check(found, 0, CHECKED);
    return found;
  };

  /* Looking at texts. */
  const open = async (root, one) => {
    const block = await load(`d/${Math.floor(one.slot / root.block).toString(16)}`);
    one.document = block[one.slot];
  };
  // The longest runs of a piece, of two signs at least, that stand in the text.
  const runsIn = (piece, text) => {
    if (text.includes(piece)) return [piece];
    const signs = [...piece], found = [];
    for (let from = 0; from < signs.length - 1; from++) {
      let to = from + 1;
      while (to < signs.length && text.includes(signs.slice(from, to + 1).join(""))) to++;
      if (to > from + 1) {
        found.push(signs.slice(from, to).join(""));
        from = to - 2;
      }
    }
    return found;
  };
  const look = (asked, one) => {
    const { title, text, tags, headings } = one.document;
    const name = fold(title), marked = [...tags, ...headings.map(([, words]) => words)].map(fold);
    const every = [name, fold(text), ...marked].join("\0"), { whole, parts, typos } = asked;
    const needles = [whole], shares = [];
    let inTitle = 0, isWhole = true;
    for (const piece of parts.flatMap((part) => part.pieces)) {
      const isSigns = !isWord(piece);
      const likely = typos.filter(([word]) => word === piece).map(([, word]) => word);
      const found = isSigns ? runsIn(piece, every) : [piece, ...likely].filter((text) => every.includes(text));
      const best = Math.max(0, ...found.map((run) => (isSigns ? run.length / piece.length : 1)));
      isWhole &&= best === 1;
      shares.push(best);
      inTitle += found.some((run) => name.includes(run) && run.length * 2 > piece.length);
      needles.push(...found);
    }
    const near = shares.reduce((sum, share) => sum + share * share, 0) / (shares.length || 1);
    const exact = parts.filter((part) => every.includes(part.text)).length / (parts.length || 1);
    let worth = 0.3 + near + 0.5 * exact + inTitle / (shares.length || 1);
    worth += 0.3 * Math.min(1, 600 / text.length);
    if (every.includes(whole)) worth += 0.5;
    if (marked.some((words) => words.includes(whole))) worth += 0.3;
    if (name.includes(whole)) worth += 1 + 2 * (name === whole);
    one.needles = unique([...parts.map((part) => part.text), ...needles])
      .filter((needle) => needle.length > 1 || needle > "\x7f").sort((a, b) => b.length - a.length);
    one.isWhole = isWhole;
    one.score *= worth;
  };
  // Looks at the next documents; whoever only seemed to have all goes behind those that do.
  const check = async ({ root, asked, order }, from, count) => {
    for (let round = 0; round < 3; round++) {
      const next = order.slice(from, from + count).filter((one) => !one.document);
      if (!next.length) break;
      await Promise.all(next.map((one) => open(root, one)));
      for (const one of next) if (one.document) look(asked, one);
      const rest = order.splice(from), seen = rest.slice(0, count).filter((one) => one.document);
      order.push(...[...seen.sort(byScore), ...rest.slice(count)].sort((a, b) => b.isWhole - a.isWhole));
      count = FIRST;
    }
  };
  window.kbSearch = Object.assign((name, value) => given.set(name, value), {
    find, fold, pairs, read, shardOf, spread, words, open: show,
  });


  /* Showing. Whatever a document says goes into the page as text. */
  const link = document.querySelector("[data-words]");
  const say = (key, n) => JSON.parse(link.dataset.words)[key].replace("{n}", n);
  function make(kind, name, ...content) {
    const made = document.createElement(kind);
    if (name) made.className = name;
    made.append(...content);
    return made;
  }
  const press = (name, words, act) => {
    const button = make("button", name, words);
    button.type = "button";
    button.onclick = act;
    return button;
  };
  // A text folded, and where each character of that begins and ends in the text.
  const unfold = (text) => {
    let made = "";
    const starts = [], ends = [];
    for (const { 0: part, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
      const piece = folded(part);
      if (piece === " " && (!made || made.endsWith(" "))) continue;
      for (let n = 0; n < piece.length; n++) {
        starts.push(index);
        ends.push(index + part.length);
      }
      made += piece;
    }
    return { made, starts, ends };
  };
  const spansOf = ({ made, starts, ends }, needles) => {
    const spans = [];
    for (const needle of needles) {
      for (let at = made.indexOf(needle); at >= 0; at = made.indexOf(needle, at + needle.length)) {
        spans.push({ start: starts[at], end: ends[at + needle.length - 1], needle });
      }
    }
    return spans.sort((a, b) => a.start - b.start || b.end - a.end);
  };
  const marked = (text, spans, from = 0, to = text.length) => {
    const made = make("span");
    let at = from;
    for (const { start, end } of spans) {
      if (start < at || end > to) continue;
      made.append(text.slice(at, start), make("mark", "", text.slice(start, end)));
      at = end;
    }
    made.append(text.slice(at, to));
    return made;
  };
  // The part of the text where most of what was asked stands close together.
  const excerpt = (text, needles) => {
    const spans = spansOf(unfold(text), needles);
    let best = 0, most = -1;
    for (const { start } of spans.slice(0, 300)) {
      const near = spans.filter((span) => span.start >= start && span.end < start + 100);
      const worth = unique(near.map((span) => span.needle)).reduce((sum, { length }) => sum + length ** 2, 0);
      if (worth > most) [best, most] = [start, worth];
    }
    let from = Math.max(0, best - 24);
    if (from) from += Math.max(0, text.slice(from, best).search(/[\s。！？；，.!?;,](?!\d)/u) + 1);
    while (/[\s\p{M}\udc00-\udfff]/u.test(text[from] || "")) from++;
    const to = Math.min(text.length, from + 240);
    const made = marked(text, spans, from, to);
    if (from) made.prepend("…");
    if (to < text.length) made.append("…");
    return { made, at: best };
  };
  const speech = (lang) => (lang === "zh" ? "zh-CN" : lang);
  const shown = ({ document: found, needles }, root, onTag) => {
    const lit = (text) => marked(text, spansOf(unfold(text), needles));
    const { made, at } = excerpt(found.text, needles), facts = make("ul", "facts");
    const name = make("a", "", lit(found.title));
    name.href = new URL(found.url, site);
    const topic = root.topics.find(({ id }) => id === found.topics.at(-1));
    const section = found.headings.filter(([, words]) => {
      const line = `\n${found.text}`.indexOf(`\n${words}\n`);
      return line >= 0 && line <= at;
    }).at(-1);
    if (topic) facts.append(make("li", "", topic.name));
    if (found.date) facts.append(make("li", "", make("time", "", found.date)));
    if (section) {
      const anchor = make("a", "", lit(section[1]));
      anchor.href = `${name.href}#${encodeURIComponent(section[0])}`;
      facts.append(make("li", "section", anchor));
    }
    for (const tag of onTag ? found.tags.slice(0, 4) : []) {
      facts.append(make("li", "", press("", lit(tag), () => onTag(tag))));
    }
    const text = make("p", "excerpt", made), item = make("li", "hit", make("p", "name-of", name), text, facts);
    name.lang = text.lang = speech(found.lang);
    name.dir = text.dir = "auto";
    return item;
  };
  const finder = (form, isDialog) => {
    const input = form.elements.q, beside = form.parentNode;
    const [status, facets, list, rest] = ["status", "facets", "found", "rest"].map((name) => make("div", name));
    status.setAttribute("role", "status");
    form.after(status, facets, list, rest);
    const hasAddress = form.matches("[data-address]");
    let filter = {}, found, turn = 0, timer, place = 0, wasNear;
    const more = async () => {
      const mine = turn, { root, asked, order } = found;
      await check(found, place, FIRST);
      if (mine !== turn) return;
      const first = order[place];
      for (const one of order.slice(place, place + FIRST).filter((one) => one.document)) {
        if (!place || one.isWhole === wasNear) {
          wasNear = !one.isWhole;
          if (place && wasNear) list.append(make("h2", "part", say("near")));
          list.append(make("ol", "hits"));
        }
        list.lastChild.append(shown(one, root, !isDialog && choose.bind(null, "tag")));
        place++;
      }
      rest.replaceChildren();
      if (isDialog) {
        const whole = make("a", "", say("all"));
        whole.href = address(link.href);
        rest.append(whole);
      } else if (place < order.length) {
        rest.append(press("", say("more"), () => guarded(async () => {
          const last = list.querySelectorAll(".hit").length;
          await more();
          list.querySelectorAll(".name-of a")[last]?.focus();
        })));
      }
      return first;
    };
    const address = (base) => {
      const to = new URL(base);
      for (const [key, value] of Object.entries({ q: input.value.trim(), ...filter })) {
        if (value) to.searchParams.set(key, value);
        else to.searchParams.delete(key);
      }
      return to;
    };
    const keep = (isNew) => {
      const to = address(location);
      if (!hasAddress || to.href === location.href) return;
      try { history[isNew ? "pushState" : "replaceState"](null, "", to); } catch { /* from the disk */ }
    };
    const choose = (kind, value) => {
      filter = { ...filter, [kind]: filter[kind] === value ? "" : value };
      keep(true);
      run();
      input.focus();
    };
    const chip = (kind, value, words, count) => {
      const button = press("", words, () => choose(kind, value));
      button.setAttribute("aria-pressed", filter[kind] === value);
      if (count) button.append(make("span", "count", ` ${count}`));
      return button;
    };
    // How many of those found are filed under each topic, whatever topic is chosen.
    const count = async (mine) => {
      const [topics, { root, every }] = [await load("topics"), found], sums = new Map();
      for (const slot of every) {
        for (let at = topics[slot] - 1; at >= 0; at = root.topics[at].parent) sums.set(at, (sums.get(at) || 0) + 1);
      }
      if (mine !== turn) return;
      const chips = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12)
        .map(([at, sum]) => chip("topic", root.topics[at].id, root.topics[at].name, sum));
      if (filter.tag) chips.unshift(chip("tag", filter.tag, `# ${filter.tag}`));
      if (filter.topic && !chips.some((one) => one.ariaPressed === "true")) {
        chips.unshift(chip("topic", filter.topic, root.topics.find(({ id }) => id === filter.topic)?.name || filter.topic));
      }
      facets.replaceChildren(...chips);
    };
    const guarded = async (act) => {
      const mine = turn;
      const slow = setTimeout(() => { if (mine === turn) beside.classList.add("busy"); }, 250);
      try {
        await act();
      } catch (error) {
        if (mine !== turn) return;
        status.textContent = say("failed");
        rest.replaceChildren(press("", say("retry"), run));
        if (error instanceof Error) throw error;
      } finally {
        clearTimeout(slow);
        if (mine === turn) beside.classList.remove("busy");
      }
    };
    const run = () => {
      clearTimeout(timer);
      const mine = ++turn, query = input.value;
      beside.classList.toggle("asked", !!fold(query));
      if (!fold(query)) {
        for (const part of [status, facets, list, rest]) part.replaceChildren();
        return;
      }
      return guarded(async () => {
        const next = await find(query, filter);
        if (mine !== turn) return;
        [found, place] = [next, 0];
        const { length } = next.order.filter((one) => one.isWhole);
        status.textContent = length ? say(length > 1 ? "many" : "one", length)
          : say(next.order.length ? "partly" : "none");
        const old = [...list.children];
        await more();
        for (const part of old) part.remove();
        if (!isDialog) await count(mine);
      });
    };
    const later = (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      turn++;
      timer = setTimeout(() => { keep(false); run(); }, 60);
    };
    input.addEventListener("input", later);
    input.addEventListener("compositionend", later);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(true);
      if (!isDialog) run();
    });
    beside.addEventListener("keydown", (event) => {
      const { key, target, isComposing, keyCode } = event;
      if (isComposing || keyCode === 229) return;
      const names = [...list.querySelectorAll(".name-of a")], at = names.indexOf(target);
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step && (at >= 0 || target === input)) {
        event.preventDefault();
        (names[at + step] || (at + step < 0 ? input : target)).focus();
      } else if (key === "Enter" && isDialog && target === input) {
        event.preventDefault();
        names[0]?.click();
      }
    });
    return {
      input,
      take: (query, wanted = {}) => {
        input.value = query;
        filter = wanted;
        return run();
      },
    };
  };
  const form = document.querySelector("form.finder");
  let dialog;
  function show() {
    if (form) return form.elements.q.focus();
    if (!dialog) {
      const input = make("input"), made = make("form", "finder", input);
      dialog = make("dialog", "", make("div", "", made));
      dialog.setAttribute("aria-label", say("search"));
      Object.assign(input, { name: "q", autocomplete: "off", spellcheck: false, placeholder: say("search"), enterKeyHint: "go" });
      input.setAttribute("role", "searchbox");
      input.setAttribute("aria-label", say("search"));
      made.append(press("shut", "", () => dialog.close()));
      made.lastChild.setAttribute("aria-label", say("close"));
      made.setAttribute("role", "search");
      finder(made, true);
      dialog.onclick = ({ target }) => { if (target === dialog) dialog.close(); };
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
  }
  if (form) {
    const { input, take } = finder(form), hasAddress = form.matches("[data-address]");
    const arrive = () => {
      const asked = new URLSearchParams(location.search);
      return take(asked.get("q") || "", { topic: asked.get("topic") || "", tag: asked.get("tag") || "" });
    };
    if (hasAddress) {
      arrive();
      addEventListener("popstate", arrive);
    } else {
      let words = location.pathname.replace(/\/(index\.html)?$/, "").split("/").pop().replace(/\.\w+$/, "");
      try { words = decodeURIComponent(words); } catch { /* not UTF-8: as it stands */ }
      take(words === "404" ? "" : words.replace(/[-_+]+/g, " "));
    }
  }
})();
