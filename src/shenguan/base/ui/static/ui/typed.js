// What was typed stands in the form again after a refusal: kept for this tab from sending to the next page, no longer.
"use strict";
(() => {
  const KEY = "typed";
  const place = (form) => form.getAttribute("action") || location.pathname;
  const fields = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON");
  const ticked = (one) => one.type === "checkbox" || one.type === "radio";
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.querySelector("input[type=password], input[type=file]")) return;
    const said = fields(form).map((one) => [one.name, ticked(one) ? one.checked : one.value]);
    sessionStorage.setItem(KEY, JSON.stringify([place(form), said]));
  });

  if (!kept || !document.querySelector(".said.refused")) return;
  const [where, said] = JSON.parse(kept);
  const form = [...document.querySelectorAll("main form")].find((one) => one.method === "post" && place(one) === where);
  if (!form) return;
  const open = fields(form);
  if (open.map((one) => one.name).join() !== said.map(([name]) => name).join()) return;
  open.forEach((one, at) => {
    one[ticked(one) ? "checked" : "value"] = said[at][1];
  });
  for (let at = form.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
})();
