// Page images beside the text, in step with it: the page that is read is the page that is shown, and the other way round.
// Where there is no text, the images of the page are shown larger.
(function () {
  "use strict";
  var panel = null;
  var at = -1;
  var view = { scale: 1, x: 0, y: 0 };
  /** Whether the image was chosen in the panel: it stays until the reader moves the text. */
  var chosen = false;

  function images() { return Array.from(document.querySelectorAll(".facsimiles a[data-image]")); }

  function opener() { return document.querySelector(".open-panel"); }

  /** Where a page begins: its mark in the text, or the image itself where there is no text. */
  function mark(link) {
    return link.dataset.image ? document.getElementById(link.dataset.image) : link.closest("figure");
  }

  function make(name, className, words) {
    var it = document.createElement(name);
    if (className) { it.className = className; }
    if (words) { it.textContent = words; }
    return it;
  }

  function button(words, sign, act, className) {
    var it = make("button", className, sign);
    it.type = "button";
    it.setAttribute("aria-label", words);
    it.title = words;
    it.addEventListener("click", act);
    return it;
  }

  /** What is said where an image cannot be loaded. */
  function unseen() {
    return document.querySelector(".text") ? engrossWords.image_missing : engrossWords.image_alone_missing;
  }

  /** A smaller image of a IIIF image service, by the syntax of its addresses; other addresses stay. */
  function sized(address, side) {
    return address.replace(/\/full\/(?:full|max)\/(\d+\/[a-z]+\.\w+)$/, "/full/!" + side + "," + side + "/$1");
  }

  /** Makes room for the panel, or takes it back; the choice is kept for the next pages. */
  function settle(open, keep) {
    var root = document.documentElement;
    if (open) { root.dataset.panel = "open"; } else { delete root.dataset.panel; }
    if (keep) {
      try {
        if (open) { localStorage.setItem("engross-panel", "open"); } else { localStorage.removeItem("engross-panel"); }
      } catch (error) { /* It is open on this page alone. */ }
    }
    if (opener()) { opener().setAttribute("aria-expanded", String(open)); }
    document.dispatchEvent(new Event("engross-panel"));
  }

  function close(keep) {
    if (!panel) { return; }
    panel.remove();
    panel = null;
    at = -1;
    chosen = false;
    settle(false, keep);
    if (opener()) { opener().focus({ preventScroll: true }); }
  }

  function shape() {
    var image = panel.querySelector("img");
    // However it is moved, a part of it stays in view.
    var width = image.offsetWidth * view.scale, height = image.offsetHeight * view.scale;
    view.x = Math.max(80 - width, Math.min(view.x, image.offsetWidth - 80));
    view.y = Math.max(80 - height, Math.min(view.y, image.offsetHeight - 80));
    image.style.transform = "translate(" + view.x + "px," + view.y + "px) scale(" + view.scale + ")";
    var link = images()[at];
    if (view.scale > 1.7 && link && image.src !== link.href) { image.src = link.href; }
  }

  /** Zooms by a factor; the point of the window that is named stays where it is. */
  function zoom(factor, x, y) {
    var box = panel.querySelector(".window").getBoundingClientRect();
    var scale = Math.max(1, Math.min(8, view.scale * factor));
    var dx = (x === undefined ? box.width / 2 : x - box.left);
    var dy = (y === undefined ? box.height / 2 : y - box.top);
    var ratio = scale / view.scale;
    view = scale === 1 ? { scale: 1, x: 0, y: 0 } : { scale: scale, x: dx - (dx - view.x) * ratio, y: dy - (dy - view.y) * ratio };
    shape();
  }

  function show(number, scroll) {
    var all = images();
    if (!panel || !all[number] || number === at) { return; }
    at = number;
    view = { scale: 1, x: 0, y: 0 };
    var link = all[at];
    var image = panel.querySelector("img");
    panel.querySelector(".missing").textContent = "";
    image.hidden = false;
    image.alt = link.dataset.label || link.textContent.trim();
    image.src = sized(link.href, 1400);
    shape();
    var credit = link.parentNode.querySelector(".description");
    panel.querySelector(".caption").textContent = image.alt + (credit ? credit.textContent : "");
    // A button that is switched off would lose the focus.
    panel.querySelector(".before").setAttribute("aria-disabled", String(at === 0));
    panel.querySelector(".after").setAttribute("aria-disabled", String(at === all.length - 1));
    var begins = scroll && mark(link);
    if (scroll) { chosen = true; }
    if (begins) { begins.scrollIntoView({ block: "start", behavior: "instant" }); }
  }

  /** The image of the page that is being read; the one after it is loaded when its page comes near. */
  function follow() {
    if (!panel || (chosen && at >= 0)) { return; }
    var found = -1;
    var next = null;
    var marked = false;
    // At the head of the text its first page is read, however short it is.
    var line = Math.min(0.4, 0.1 + scrollY / innerHeight);
    images().forEach(function (link, number) {
      var begins = mark(link);
      var top = begins ? begins.getBoundingClientRect().top : null;
      marked = marked || top !== null;
      if (top !== null && top < innerHeight * line) { found = number; }
      if (top !== null && top >= innerHeight * line && top < innerHeight * 2 && !next) { next = link; }
    });
    if (marked || at < 0) { show(Math.max(found, 0), false); }
    if (next && !next.dataset.loaded) {
      next.dataset.loaded = "true";
      new Image().src = sized(next.href, 1400);
    }
  }

  function move(window_) {
    var touches = new Map();
    var spread = 0;
    window_.addEventListener("pointerdown", function (event) {
      touches.set(event.pointerId, event);
      window_.setPointerCapture(event.pointerId);
      spread = 0;
    });
    window_.addEventListener("pointermove", function (event) {
      var last = touches.get(event.pointerId);
      if (!last) { return; }
      touches.set(event.pointerId, event);
      if (touches.size === 1 && view.scale > 1) {
        view.x += event.clientX - last.clientX;
        view.y += event.clientY - last.clientY;
        shape();
      } else if (touches.size === 2) {
        var two = Array.from(touches.values());
        var now = Math.hypot(two[0].clientX - two[1].clientX, two[0].clientY - two[1].clientY);
        if (spread) { zoom(now / spread, (two[0].clientX + two[1].clientX) / 2, (two[0].clientY + two[1].clientY) / 2); }
        spread = now;
      }
    });
    ["pointerup", "pointercancel"].forEach(function (kind) {
      window_.addEventListener(kind, function (event) { touches.delete(event.pointerId); spread = 0; });
    });
    window_.addEventListener("wheel", function (event) {
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY);
    }, { passive: false });
    window_.addEventListener("keydown", function (event) {
      var steps = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
      var factor = { "+": 1.3, "=": 1.3, "-": 1 / 1.3, "0": 0 }[event.key];
      if (factor !== undefined) {
        zoom(factor);
      } else if (steps && view.scale > 1) {
        view.x += steps[0];
        view.y += steps[1];
        shape();
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  function open(focus, first) {
    if (panel) { return; }
    var bar = make("p", "bar");
    var caption = make("span", "caption");
    caption.setAttribute("aria-live", "polite");
    bar.append(
      button(engrossWords.previous_image, "‹", function () { show(at - 1, true); }, "before"), caption,
      button(engrossWords.next_image, "›", function () { show(at + 1, true); }, "after"),
      button(engrossWords.smaller, "−", function () { zoom(1 / 1.4); }),
      button(engrossWords.larger, "+", function () { zoom(1.4); }),
      button(engrossWords.close, "×", function () { close(true); }));
    var window_ = make("div", "window");
    window_.tabIndex = 0;
    window_.setAttribute("role", "group");
    window_.setAttribute("aria-label", engrossWords.image_window);
    var image = make("img");
    var missing = make("p", "missing");
    missing.setAttribute("role", "status");
    image.addEventListener("error", function () {
      image.hidden = true;
      missing.textContent = unseen();
    });
    image.draggable = false;
    window_.append(image, missing);
    panel = make("section", "panel");
    panel.setAttribute("aria-label", engrossWords.images);
    panel.append(bar, window_);
    // Behind the button that opens it, so that the keyboard comes from there into the panel.
    (opener().parentNode || document.body).after(panel);
    settle(true, focus);
    move(window_);
    if (first === undefined) { follow(); } else { show(first, true); }
    if (focus) { window_.focus({ preventScroll: true }); }
  }

  /** Images that stand in the page open in the panel, and say so where they cannot be loaded. */
  function figures() {
    document.querySelectorAll(".images img").forEach(function (image) {
      var broken = function () { image.replaceWith(make("span", "missing", unseen())); };
      if (image.complete && image.src && !image.naturalWidth) { broken(); } else { image.addEventListener("error", broken); }
    });
  }

  function build() {
    if (panel) { panel.remove(); panel = null; at = -1; }
    figures();
    if (opener() && document.documentElement.dataset.panel && matchMedia("(min-width: 60rem)").matches) {
      open(false);
    } else if (document.documentElement.dataset.panel) {
      settle(false, false);
    }
  }

  document.addEventListener("click", function (event) {
    var hit = event.target.closest && event.target.closest(".open-panel, .images a[data-image]");
    if (!hit || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    if (hit.matches("a")) {
      event.preventDefault();
      if (panel) { show(images().indexOf(hit), false); } else { open(true, images().indexOf(hit)); }
    } else if (panel) { close(true); } else { open(true); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel && panel.contains(event.target)) { close(true); }
  });
  ["wheel", "touchmove", "keydown"].forEach(function (kind) {
    addEventListener(kind, function (event) {
      if (!panel || !panel.contains(event.target)) { chosen = false; }
    }, { passive: true });
  });
  var planned = false;
  addEventListener("scroll", function () {
    if (panel && !planned) {
      planned = true;
      requestAnimationFrame(function () { planned = false; follow(); });
    }
  }, { passive: true });
  document.addEventListener("engross-exchanged", build);
  build();
})();
