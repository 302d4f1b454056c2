import katex from "katex";
import { readFileSync, writeFileSync } from "node:fs";
const { formulas } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const made = formulas.map(({ tex, display }) => {
  try {
    return katex.renderToString(tex, { displayMode: display, output: "mathml", strict: false, trust: true });
  } catch (error) {
    return `error: ${error.message}`;
  }
});
writeFileSync(process.argv[3], JSON.stringify(made));
