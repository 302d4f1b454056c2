// Runs before the first paint: the chosen colour scheme must not flash, and the font of formulas
// should be there when they are. A page opened from the disk may not preload a font.
(function (root) {
  try {
    var chosen = localStorage.getItem("kb-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  } catch (error) { /* storage is refused: follow the system */ }
  root.classList.add("js");
  var font = document.currentScript.dataset.font;
  if (font && location.protocol !== "file:") {
    var preload = document.createElement("link");
    preload.rel = "preload";
    preload.as = "font";
    preload.crossOrigin = "";
    preload.href = font;
    document.head.append(preload);
    root.classList.add("at-once");
  }
})(document.documentElement);
