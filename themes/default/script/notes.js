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
    box.remove();
    box = null;
    if (back && from && from.isConnected) { from.focus({ preventScroll: true }); }
  }

  function button(words, act) {
    var it = document.createElement("button");
    it.type = "button";
    it.textContent = words;
    it.addEventListener("click", act);
    return it;
  }

  /** The words of a note, without the anchors that the page has already. */
  function words(item) {
    var copy = (item.querySelector(".note") || item).cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach(function (it) { it.removeAttribute("id"); });
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
    box.replaceChildren(words(item), bar);
    place();
    box.focus({ preventScroll: true });
  }

  /** Below the line of the reference, or above it where there is more room; on narrow windows at the foot of them. */
  function place() {
    if (!box || !from) { return; }
    box.classList.toggle("sheet", innerWidth < 640);
    box.style.top = box.style.left = "";
    var line = from.getBoundingClientRect();
    if (box.classList.contains("sheet")) {
      var hidden = line.bottom + 12 - (innerHeight - box.offsetHeight);
      if (hidden > 0) { scrollBy(0, hidden); }
      return;
    }
    var column = (from.closest(".leaf, main") || document.body).getBoundingClientRect();
    var room = column.right - box.offsetWidth;
    var left = Math.max(column.left, Math.min(line.left - 24, room));
    var above = line.bottom + box.offsetHeight + 12 > innerHeight && line.top > box.offsetHeight + 12;
    box.style.left = (left + scrollX) + "px";
    box.style.top = ((above ? line.top - box.offsetHeight - 8 : line.bottom + 8) + scrollY) + "px";
  }

  document.addEventListener("click", function (event) {
    var reference = event.target.closest && event.target.closest("a[role=doc-noteref]");
    if (!reference) {
      if (box && event.target.isConnected && !box.contains(event.target)) { close(false); }
      return;
    }
    var plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    var item = plain && target(reference);
    if (!item || (inMargin() && !reference.closest(".note-box"))) { return; }
    event.preventDefault();
    if (box && from === reference) { close(true); } else { show(reference, item); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && box) { close(true); }
  });
  addEventListener("resize", function () { place(); margin(); });
  addEventListener("hashchange", function () { close(false); });

  function inMargin() {
    return document.documentElement.classList.contains("margin-notes");
  }

  /** Notes in the margin: each beside its first reference, below the one before. */
  function margin() {
    var article = document.querySelector("article[data-notes=margin]");
    var leaf = article && article.querySelector(".leaf");
    var wide = leaf && matchMedia("screen and (min-width: 72rem)").matches;
    document.documentElement.classList.toggle("margin-notes", !!wide);
    if (!leaf) { return; }
    var items = Array.from(leaf.querySelectorAll(".notes li[id]"));
    if (!wide) {
      items.forEach(function (item) { item.style.top = ""; });
      leaf.style.minHeight = "";
      return;
    }
    var origin = leaf.getBoundingClientRect().top;
    var places = items.map(function (item) {
      var reference = document.getElementById("fnref-" + item.id.slice(3));
      return { item: item, top: reference ? reference.getBoundingClientRect().top - origin : Infinity };
    });
    places.sort(function (one, other) { return one.top - other.top; });
    var end = 0;
    places.forEach(function (it) {
      var top = Math.max(end, Math.min(it.top, leaf.offsetHeight));
      it.item.style.top = top + "px";
      end = top + it.item.offsetHeight + 10;
    });
    leaf.style.minHeight = end + "px";
  }

  document.addEventListener("engross-exchanged", function () { close(false); margin(); });
  addEventListener("load", margin);
  margin();
})();
