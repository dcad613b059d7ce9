/* Keyboard: "/" search, "j" "k" rows, "Enter" open, "g" + letter go, "?" help. Never while typing. */
"use strict";
(() => {
  let going = false;
  let at = -1;
  const rows = () => [...document.querySelectorAll("tr[data-href]")];
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    list[at]?.classList.remove("at");
    at = Math.min(Math.max(at + by, 0), list.length - 1);
    list[at].classList.add("at");
    list[at].scrollIntoView({ block: "nearest" });
    list[at].querySelector("a")?.focus({ preventScroll: true });
  };

  const go = (letter) => {
    const link = [...document.querySelectorAll("a[data-letter]")].find((a) => a.dataset.letter === letter);
    if (link) location.assign(link.href);
  };

  document.querySelector(".side a[aria-current]")?.scrollIntoView({ block: "nearest" });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (going) {
      going = false;
      go(event.key);
    } else if (event.key === "g") going = true;
    else if (event.key === "/") {
      event.preventDefault();
      document.querySelector("input[type=search]")?.focus();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Enter" && at >= 0 && !event.target.closest("a, button")) location.assign(rows()[at].dataset.href);
    else if (event.key === "?") document.getElementById("keys").showModal();
  });
})();
