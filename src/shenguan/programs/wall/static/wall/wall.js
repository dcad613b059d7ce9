/* A screen nobody touches: load the page anew, and only when the server answers, so a break leaves the last figures. */
"use strict";
setInterval(async () => {
  try {
    if ((await fetch(location.href, { method: "HEAD" })).ok) location.reload();
  } catch {
    /* not reachable now: the next time tries again */
  }
}, Number(document.documentElement.dataset.refresh) * 1000);
