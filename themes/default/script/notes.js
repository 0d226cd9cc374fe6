// Notes beside their references: on demand, below the line that cites them; or in the margin, where the edition asks for
// it and the window is wide. Without this they stand at the foot, and references lead there.
(function () {
  "use strict";
  var box = null;
  var from = null;

  function target(reference) {
    var id = decodeURIComponent(reference.hash.slice(1));
    return id ? document.getElementById(id) : null;
  }

  function close(back) {
    if (!box) { return; }
    var closed = box;
    box = null;
    closed.remove();
    if (back && from && from.isConnected) { from.focus({ preventScroll: true }); }
  }

  function button(words, act) {
    var it = document.createElement("button");
    it.type = "button";
    it.textContent = words;
    it.addEventListener("click", act);
    return it;
  }

  /** The words of a note behind its mark, without the anchors that the page has already. */
  function words(item, label) {
    var copy = (item.querySelector(".note") || item).cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach(function (it) { it.removeAttribute("id"); });
    var mark = document.createElement("span");
    mark.className = "marker";
    mark.textContent = label + " ";
    (copy.querySelector("p") || copy).prepend(mark);
    return copy;
  }

  function show(reference, item) {
    var inside = box && box.contains(reference);
    var before = inside ? { nodes: Array.from(box.childNodes), label: box.getAttribute("aria-label") } : null;
    if (!inside) {
      close(false);
      from = reference;
      box = document.createElement("div");
      box.className = "note-box";
      box.setAttribute("role", "dialog");
      box.tabIndex = -1;
      box.addEventListener("focusout", function (event) {
        if (box && event.relatedTarget && !box.contains(event.relatedTarget)) { close(false); }
      });
      document.body.append(box);
    }
    var label = (item.querySelector(".marker") || reference).textContent.trim();
    var bar = document.createElement("p");
    bar.className = "bar";
    if (inside) {
      bar.append(button(engrossWords.back, function () {
        box.replaceChildren.apply(box, before.nodes);
        box.setAttribute("aria-label", before.label);
        reference.focus();
      }));
    }
    bar.append(button(engrossWords.close, function () { close(true); }));
    box.setAttribute("aria-label", engrossWords.note.replace("{n}", label));
    box.lang = (item.closest("[lang]") || document.documentElement).lang;
    box.focus({ preventScroll: true });
    box.replaceChildren(words(item, label), bar);
    place();
  }

  /** Below the line of the reference, which goes up where there is no room below it: what comes before a reference is what
      its note explains. On narrow windows the note stands at the foot of them. */
  function place() {
    if (!box || !from) { return; }
    var sheet = innerWidth < 640;
    box.classList.toggle("sheet", sheet);
    box.style.top = box.style.left = "";
    var line = from.getBoundingClientRect();
    if (!sheet) {
      var column = (from.closest(".leaf, main") || document.body).getBoundingClientRect();
      var left = Math.max(column.left, Math.min(line.left - 24, column.right - box.offsetWidth));
      box.style.left = left + scrollX + "px";
      box.style.top = line.bottom + 8 + scrollY + "px";
    }
    var hidden = sheet ? line.bottom + 12 - (innerHeight - box.offsetHeight) : line.bottom + 20 + box.offsetHeight - innerHeight;
    if (hidden > 0) { scrollBy({ top: Math.min(hidden, Math.max(0, line.top - 40)), behavior: "instant" }); }
  }

  document.addEventListener("click", function (event) {
    var reference = event.target.closest && event.target.closest("a[role=doc-noteref]");
    if (!reference) {
      if (box && event.target.isConnected && !box.contains(event.target)) { close(false); }
      return;
    }
    var plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    var item = plain && target(reference);
    if (!item || (inMargin() && item.closest(".all-notes") && !reference.closest(".note-box"))) { return; }
    event.preventDefault();
    if (box && from === reference) { close(true); } else { show(reference, item); }
  });
  /** Whether Tab leads out of the note, forward or back. */
  function leaves(event) {
    var at = document.activeElement;
    var stops = box.querySelectorAll("a[href], button, [tabindex]");
    return event.key === "Tab" && (event.shiftKey ? at === box || at === stops[0] : at === stops[stops.length - 1]);
  }

  document.addEventListener("keydown", function (event) {
    if (!box || !(event.key === "Escape" || leaves(event))) { return; }
    // Forward the keyboard goes on behind the reference, back it comes to it.
    if (event.shiftKey) { event.preventDefault(); }
    close(true);
  });
  addEventListener("resize", function () { place(); margin(); });
  addEventListener("hashchange", function () { close(false); });

  /** Whether the style sheet has put the notes into the margin, in a column beside the text. */
  function inMargin() {
    var notes = document.querySelector("article[data-notes=margin] .all-notes");
    return notes && getComputedStyle(notes).position === "absolute" ? notes : null;
  }

  /** Moves each note of that column beside its first reference, below the one before. */
  function margin() {
    var article = document.querySelector("article[data-notes=margin]");
    var leaf = article && article.querySelector(".leaf");
    if (!leaf) { return; }
    var items = Array.from(leaf.querySelectorAll(".notes > ol > li[id]"));
    items.forEach(function (item) { item.style.transform = ""; });
    leaf.style.minHeight = "";
    if (!inMargin()) { return; }
    var origin = leaf.getBoundingClientRect().top;
    var places = items.map(function (item) {
      var reference = document.getElementById("fnref-" + item.id.slice(3));
      var box = item.getBoundingClientRect();
      var wanted = reference ? reference.getBoundingClientRect().top - origin : Infinity;
      return { item: item, wanted: wanted, stands: box.top - origin, height: box.height };
    });
    places.sort(function (one, other) { return one.wanted - other.wanted; });
    var end = 0;
    places.forEach(function (it) {
      var top = Math.max(end, Math.min(it.wanted, leaf.offsetHeight));
      it.item.style.transform = "translateY(" + (top - it.stands) + "px)";
      end = top + it.height + 10;
    });
    leaf.style.minHeight = end + "px";
  }

  document.addEventListener("engross-exchanged", function () { close(false); margin(); });
  document.addEventListener("engross-panel", margin);
  addEventListener("load", margin);
  margin();
})();
