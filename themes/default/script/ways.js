// From document to document: arrow keys and swipes follow the links to the previous and the next one, unless the reader
// has switched keys off.
(function () {
  "use strict";

  function go(direction) {
    var link = document.querySelector("a[rel=" + direction + "]");
    if (link) { location.href = link.href; }
  }

  /** Whether something else wants the keys or the touch: a field, an image, a table that scrolls, a selected passage. */
  function taken(element) {
    return (element.closest && element.closest("input, select, textarea, [contenteditable], .panel, .note-box, .choices, .table, pre, summary")) ||
      String(getSelection());
  }

  function off() {
    try { return localStorage.getItem("engross-keys") === "off"; } catch (error) { return false; }
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || taken(event.target) || off()) { return; }
    var onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") { go(event.key === onward ? "next" : "prev"); }
  });

  var start = null;
  document.addEventListener("touchstart", function (event) {
    var touch = event.touches.length === 1 && !taken(event.target) ? event.touches[0] : null;
    start = touch && { x: touch.clientX, y: touch.clientY, at: event.timeStamp };
  }, { passive: true });
  document.addEventListener("touchend", function (event) {
    var touch = event.changedTouches[0];
    var zoomed = window.visualViewport && visualViewport.scale > 1.05;
    if (!start || zoomed || String(getSelection()) || event.timeStamp - start.at > 600) { return; }
    var x = touch.clientX - start.x;
    if (Math.abs(x) > 90 && Math.abs(touch.clientY - start.y) < 40) {
      go((x < 0) === (document.documentElement.dir !== "rtl") ? "next" : "prev");
    }
  }, { passive: true });
})();
