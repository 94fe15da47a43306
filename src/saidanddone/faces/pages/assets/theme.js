// Runs before the page is drawn, so that the colours chosen earlier do not flash in later.
"use strict";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage is off: the system's colours stand */ }
document.documentElement.classList.add("scripted");
