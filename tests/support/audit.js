// What on this page would a reader not see, hit or understand? A list of faults.
() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !element.closest("[aria-hidden=true], .unseen, template")
    && element.getBoundingClientRect().right > 0 && element.getBoundingClientRect().bottom > 0;
  const words = (element) => element.textContent.trim().slice(0, 40);

  if (!document.documentElement.lang) faults.push("no language");
  if (all("main").length !== 1) faults.push("not one main");
  if (all("h1").length !== 1) faults.push("not one h1");
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.localName[1]);
    if (next > level + 1) faults.push(`h${next} after h${level}`);
    level = next;
  }
  const navs = all("nav").filter(isShown).map((nav) => nav.getAttribute("aria-label")
    || document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent || "");
  if (new Set(navs).size !== navs.length || navs.includes("")) faults.push(`landmarks: ${navs}`);
  const ids = all("[id]").map((element) => element.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push(`twice: ${twice}`);
  for (const image of all("img:not([alt])")) faults.push("no text for an image");

  const controls = all("a[href], button, summary, input:not([type=hidden])").filter(isShown);
  for (const control of controls) {
    const name = control.getAttribute("aria-label") || words(control) || control.title
      || control.labels?.length || control.querySelector("img[alt], svg[aria-label], math");
    if (!name && !control.disabled) faults.push(`no name: ${control.localName}`);
  }
  // WCAG 2.5.8: 24 px, but for links in a sentence and what stands apart by as much.
  const isInText = (control) => getComputedStyle(control).display === "inline";
  const boxes = controls.map((control) => [control, control.getBoundingClientRect()]);
  for (const [control, box] of boxes) {
    if (control.disabled || isInText(control) || (box.width >= 24 && box.height >= 24)) continue;
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const isCrowded = boxes.some(([other, near]) => other !== control && !other.contains(control)
      && Math.hypot(Math.max(near.left - middle[0], 0, middle[0] - near.right),
        Math.max(near.top - middle[1], 0, middle[1] - near.bottom)) < 12);
    if (isCrowded || boxes.length === 1) {
      faults.push(`${Math.round(box.width)}x${Math.round(box.height)} px: ${words(control) || control.localName}`);
    }
  }

  // Every colour as the browser paints it, whatever the notation.
  const paint = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
    .getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, at) => part * a + under[at] * (1 - a));
  const groundOf = (element) => {
    if (!element) return [255, 255, 255];
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, groundOf(element.parentElement));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pale = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg, script, annotation") || !isShown(element)) continue;
    const style = getComputedStyle(element), ground = groundOf(element);
    const [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((one, two) => two - one);
    const ratio = (a + 0.05) / (b + 0.05), size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (ratio < needed) pale.add(`contrast ${ratio.toFixed(2)}: ${words(element)}`);
  }
  return [...faults, ...pale];
}
