// Runs before the first paint: the chosen colour scheme must not flash.
(function (root) {
  try {
    var chosen = localStorage.getItem("kb-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  } catch (error) { /* storage is refused: follow the system */ }
  root.classList.add("js");
})(document.documentElement);
