// Comfort only: every page works without this file. htmx swaps the main block; here the reader is told of it.
(function () {
  "use strict";

  function say(text) {
    var live = document.getElementById("live");
    if (live) { live.textContent = ""; window.setTimeout(function () { live.textContent = text; }, 50); }
  }

  // After a swap the focus goes to what matters: the refusal, else the start of the new main block.
  document.addEventListener("htmx:afterSettle", function (event) {
    var main = document.getElementById("main");
    if (!main || (event.detail.target && event.detail.target.id !== "main")) { return; }
    (document.getElementById("refusal") || main).focus({ preventScroll: true });
    var news = document.getElementById("flash") || main.querySelector("h1");
    if (news && !document.getElementById("refusal")) { say(news.textContent.trim()); }
    countAll();
    inView();
  });

  // On a narrow screen the menu is longer than the screen: the entry of this page is brought into view.
  function inView() {
    document.querySelectorAll("#nav [aria-current]").forEach(function (entry) {
      var row = entry.closest("ul");
      row.scrollLeft = Math.max(0, entry.offsetLeft + entry.offsetWidth - row.clientWidth + 24);
    });
  }

  // An answer that is no page of ours (a gateway's, say) must not empty the page that somebody filled in.
  document.addEventListener("htmx:beforeSwap", function (event) {
    var to = event.detail.target, body = event.detail.serverResponse || "";
    var own = to && (to.id === "main" || to.id === "sheet-state");
    if (own && body.indexOf('id="' + to.id + '"') < 0) { event.detail.shouldSwap = false; lost(); }
  });
  document.addEventListener("htmx:sendError", lost);

  function lost() {
    var live = document.getElementById("live");
    if (!live) { return; }
    live.className = "alert alert-warning lost";
    say(live.getAttribute("data-lost"));
  }

  // Characters as the service counts them: each Han character or full-width mark, each run of other letters or digits.
  var PIECE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’—…·]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}]\p{M}*)+/gu;

  function count(field) {
    var out = document.getElementById(field.getAttribute("data-count"));
    var shown = out && out.parentElement.querySelector("output");
    if (!shown) { return; }
    var found = (field.value.match(PIECE) || []).filter(function (c) { return c !== "\u3000"; }).length;
    shown.textContent = found + " " + shown.getAttribute("data-unit") + standing(shown, found);
  }

  // How the count stands to the limits: hard, soft, soft, hard (as Band.verdict says it).
  function standing(shown, found) {
    var limits = (shown.getAttribute("data-band") || "").split(" ").map(Number);
    if (limits.length < 4) { return ""; }
    var verdict = found < limits[0] || found > limits[3] ? "refuse" : found < limits[1] || found > limits[2] ? "warn" : "ok";
    return " · " + shown.getAttribute("data-" + verdict);
  }

  function countAll() { document.querySelectorAll("[data-count]").forEach(count); }

  document.addEventListener("input", function (event) {
    if (event.target.hasAttribute && event.target.hasAttribute("data-count")) { count(event.target); }
  });
  // Keys of a page: Alt and the letter that a link or a button names. In a points field Enter leads to the next one.
  document.addEventListener("keydown", function (event) {
    var key = event.altKey && !event.ctrlKey && event.code.indexOf("Key") === 0 ? event.code.slice(3).toLowerCase() : "";
    var named = key && document.querySelector('#main [data-shortcut="' + key + '"]');
    if (named) { event.preventDefault(); named.click(); return; }
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input.points")) { return; }
    event.preventDefault();
    var all = Array.from(document.querySelectorAll("input.points, #main .marks-form button.submit"));
    var next = all[all.indexOf(event.target) + 1];
    next.focus();
    if (next.select) { next.select(); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    countAll();
    inView();
    var refusal = document.getElementById("refusal");
    if (refusal) { refusal.focus(); }
  });
})();
