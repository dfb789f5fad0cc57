// Comfort only; every page works without it. After a swap the reader's focus goes to what matters.
document.addEventListener("htmx:afterSettle", function (event) {
  if (!event.detail.target || event.detail.target.id !== "main") { return; }
  var goal = document.getElementById("refusal") || document.getElementById("main");
  if (goal) { goal.focus({ preventScroll: true }); }
  var live = document.getElementById("live");
  var said = document.querySelector("#flash, #refusal .alert-title, #main h1");
  if (live && said) { live.textContent = said.textContent; }
});
