import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const slug = (name) => name.toLowerCase().replace(/\s+/g, "-");
const newestFirst = (a, b) => b.date - a.date || (a.fileSlug < b.fileSlug ? -1 : 1);
const articles = (api) => api.getFilteredByGlob("content/articles/*.md").sort(newestFirst);

const grouped = (key) => (api) => {
  const groups = new Map();
  for (const article of articles(api))
    for (const name of [article.data[key]].flat()) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(article);
    }
  return [...groups].map(([name, items]) => ({ name, items }));
};

// What stands between dollars is for the browser, as it is.
function math(md) {
  md.inline.ruler.before("escape", "math", (state, silent) => {
    const found = /^\$([^$\n]+)\$/.exec(state.src.slice(state.pos, state.pos + 500));
    if (!found) return false;
    if (!silent) state.push("math", "", 0).content = found[1];
    state.pos += found[0].length;
    return true;
  });
  md.block.ruler.before("fence", "math", (state, start, end, silent) => {
    const line = (n) => state.src.slice(state.bMarks[n] + state.tShift[n], state.eMarks[n]).trim();
    if (line(start) !== "$$") return false;
    let last = start + 1;
    while (last < end && line(last) !== "$$") last++;
    if (last === end) return false;
    if (!silent) state.push("display", "", 0).content = state.getLines(start + 1, last, 0, false);
    state.line = last + 1;
    return true;
  }, { alt: ["paragraph"] });
  md.renderer.rules.math = (tokens, i) => `\\(${escaped(tokens[i].content)}\\)`;
  md.renderer.rules.display = (tokens, i) => `<p>\\[${escaped(tokens[i].content)}\\]</p>\n`;
}

function anchors(md) {
  md.core.ruler.push("anchors", (state) => {
    const seen = new Map();
    state.tokens.forEach((token, i) => {
      if (token.type !== "heading_open") return;
      const id = slug(state.tokens[i + 1].content);
      const times = seen.get(id) ?? 0;
      seen.set(id, times + 1);
      token.attrSet("id", times ? `${id}-${times}` : id);
    });
  });
}

export default function (config) {
  config.addPlugin(highlight);
  config.amendLibrary("md", (md) => md.use(math).use(anchors));
  config.addPassthroughCopy("style.css");
  config.addCollection("articles", articles);
  config.addCollection("newest", (api) => articles(api).slice(0, 20));
  config.addCollection("topics", grouped("topic"));
  config.addCollection("labels", grouped("labels"));
  config.addFilter("slug", slug);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("contents", (html) =>
    [...html.matchAll(/<h[23] id="([^"]*)">(.*?)<\/h/g)]
      .map(([, id, words]) => `<li><a href="#${id}">${words}</a></li>`)
      .join(""));
  return {
    dir: { input: "content", includes: "../_includes", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
