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

  /** The words of a passage without marks of notes; only within the page is it known where their lines end. */
  function quoted(range) {
    var copy = document.createElement("div");
    copy.append(range.cloneContents());
    drop(copy, "[role=doc-noteref], [role=doc-pagebreak], .copy");
    document.body.append(copy);
    var words = copy.innerText.trim();
    copy.remove();
    return words;
  }

  function element(node) { return node.closest ? node : node.parentElement; }

  function drop(from, query) { from.querySelectorAll(query).forEach(function (it) { it.remove(); }); }

  /** The citation of the attachment in which a range lies, or of the document. */
  function source(range) {
    var attachment = element(range.commonAncestorContainer).closest(".attachment");
    var link = attachment && find('.attachments a[href="#' + attachment.id + '"]');
    var place = link ? Array.from(link.closest("ul").children).indexOf(link.closest("li")) : -1;
    return document.querySelectorAll(".cite .part")[place] || find(".cite .edition");
  }

  /** The last page of each pagination, which is what the page is called before its number. */
  function pages(range) {
    var found = {};
    Array.from(document.querySelectorAll(".begins dd")).concat(before(range, "[role=doc-pagebreak]")).forEach(function (it) {
      var label = it.getAttribute("aria-label") || it.textContent;
      found[label.replace(/\s?\S*$/, "")] = label;
    });
    return Object.values(found);
  }

  function cited(range) {
    var paragraph = before(range, ":is(p,li,div)[id]").pop();
    var address = (find("link[rel=canonical]") || location).href.split("#")[0] + (paragraph ? "#" + paragraph.id : "");
    // It takes the place of the address in the citation; where that stands at the end, it comes behind the pages.
    var citation = source(range).cloneNode(true);
    drop(citation, ".witness-line");
    citation.querySelectorAll(".url").forEach(function (it) { it.textContent = "\0"; });
    var text = citation.textContent.replace(/([.,;]\s*|\s(?=[<(⟨]))[<(⟨]?\0[>)⟩]?[\s.,;]*$/, "").replace(/[\s.,;]+$/, "");
    var inside = text.replaceAll("\0", address);
    var parts = [inside].concat(pages(range), inside === text ? address : []);
    return engrossWords.quotation.replace("{n}", function () { return quoted(range); }) + " (" + parts.join(", ") + ")";
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
    var box = range.getBoundingClientRect();
    // At the end of the block in which the selection ends, it is what the keyboard reaches next.
    var end = element(range.endContainer);
    end.closest("p,li,td,th,h2,h3,h4,div").append(button);
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
