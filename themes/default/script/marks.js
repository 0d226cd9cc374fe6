// What only a laid-out page knows: page marks that would stand over each other in the margin, and tables that are wider than
// the page.
(function () {
  "use strict";

  /** Each mark in the margin below the one before, where both stand on one line. */
  function marks() {
    var last = -Infinity;
    document.querySelectorAll(".text .pb").forEach(function (mark) {
      var top = mark.getBoundingClientRect().top;
      var height = parseFloat(getComputedStyle(mark, "::before").fontSize) * 1.3;
      var nudge = Math.max(0, last - top);
      // A line further down begins anew; one far above is another column.
      if (nudge > 6 * height) { nudge = 0; }
      mark.style.setProperty("--nudge", nudge + "px");
      last = top + nudge + height;
    });
  }

  /** What is wider than the page can be moved by keys, and says so. */
  function tables() {
    document.querySelectorAll(".table").forEach(function (table, number) {
      var wide = table.scrollWidth > table.clientWidth + 1;
      table.classList.toggle("wide", wide);
      if (wide) {
        table.tabIndex = 0;
        table.setAttribute("role", "region");
        table.setAttribute("aria-label", engrossWords.wide_table.replace("{n}", number + 1));
      } else {
        ["tabindex", "role", "aria-label"].forEach(function (name) { table.removeAttribute(name); });
      }
    });
  }

  function lay() { marks(); tables(); }

  ["load", "resize"].forEach(function (kind) { addEventListener(kind, lay); });
  ["engross-exchanged", "engross-panel"].forEach(function (kind) { document.addEventListener(kind, lay); });
  lay();
})();
