// Ticks and unticks all rows of the list.
document.getElementById("all")?.addEventListener("change", (event) => {
  for (const box of document.querySelectorAll('input[name="number"]')) box.checked = event.target.checked;
});
