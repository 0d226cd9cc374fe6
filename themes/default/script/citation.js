// Copy with citation: a passage selected in a document, with the citation that the page shows, its printed page and the
// address of its paragraph.
(function () {
  "use strict";
  var button, said, planned;
  var find = function (query) { return document.querySelector(query); };

  /** What is selected, where it lies in the text of a document. */
  function passage() {
    var selection = getSelection();
    var range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
    var text = find("article.document .text");
    return range && text && text.contains(range.commonAncestorContainer) ? range : null;
  }

  /** The elements of a kind that begin before a range does. */
  function before(range, query) {
    var start = document.createRange();
    return Array.from(document.querySelectorAll("article.document .text " + query)).filter(function (it) {
      start.selectNode(it);
      return start.compareBoundaryPoints(Range.START_TO_START, range) <= 0;
    });
  }

  function cited(range) {
    var edition = find(".cite .edition").cloneNode(true);
    edition.querySelectorAll(".url").forEach(function (it) { it.remove(); });
    var parts = [edition.textContent.replace(/[\s.,;]+$/, "")];
    // The last page of each pagination, whose id is before the hyphen.
    var pages = {};
    before(range, "[role=doc-pagebreak]").forEach(function (it) {
      pages[it.id.split("-")[0]] = it.getAttribute("aria-label");
    });
    parts = parts.concat(Object.values(pages));
    var paragraph = before(range, ":is(p,li,div)[id]").pop();
    var address = (find("link[rel=canonical]") || location).href.split("#")[0];
    parts.push(paragraph ? address + "#" + paragraph.id : address);
    return engrossWords.quotation.replace("{n}", function () { return getSelection().toString().trim(); }) +
      " (" + parts.join(", ") + ")";
  }

  function hide() { if (button) { button.remove(); } }

  function say(text) {
    if (!said || !said.isConnected) {
      said = document.createElement("p");
      said.className = "said";
      said.setAttribute("aria-live", "polite");
      document.body.append(said);
    }
    // A region is read when it changes after it came.
    setTimeout(function () { said.textContent = text; }, 50);
    setTimeout(function () { said.textContent = ""; }, 4000);
  }

  function copy() {
    var range = passage();
    if (!range) { return; }
    var take = function (event) {
      event.clipboardData.setData("text/plain", cited(range));
      event.preventDefault();
    };
    document.addEventListener("copy", take, { once: true });
    document.execCommand("copy");
    hide();
    say(engrossWords.copied);
  }

  function look() {
    var range = passage();
    hide();
    if (!range || !find(".cite")) { return; }
    button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = engrossWords.copy;
    button.onmousedown = function (event) { event.preventDefault(); };
    button.onclick = copy;
    // At the end of the block in which the selection ends, it is what the keyboard reaches next.
    var end = range.endContainer;
    var box = range.getBoundingClientRect();
    (end.closest ? end : end.parentElement).closest("p,li,td,th,h2,h3,h4,div").append(button);
    var ground = (button.offsetParent || document.body).getBoundingClientRect();
    var left = Math.max(8, Math.min(box.left, innerWidth - button.offsetWidth - 8));
    button.style.top = box.bottom + 6 - ground.top + "px";
    button.style.left = left - ground.left + "px";
  }

  document.addEventListener("selectionchange", function () {
    clearTimeout(planned);
    planned = setTimeout(look, 120);
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
})();
