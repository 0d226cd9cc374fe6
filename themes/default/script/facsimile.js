// Page images beside the text, in step with it: the page that is read is the page that is shown, and the other way round.
(function () {
  "use strict";
  var panel = null;
  var at = -1;
  var view = { scale: 1, x: 0, y: 0 };
  /** Whether the image was chosen in the panel: it stays until the reader moves the text. */
  var chosen = false;

  function images() {
    return Array.from(document.querySelectorAll(".facsimiles a[data-image]"));
  }

  function make(name, className, words) {
    var it = document.createElement(name);
    if (className) { it.className = className; }
    if (words) { it.textContent = words; }
    return it;
  }

  function button(words, sign, act) {
    var it = make("button", "", sign);
    it.type = "button";
    it.setAttribute("aria-label", words);
    it.title = words;
    it.addEventListener("click", act);
    return it;
  }

  /** A smaller image of a IIIF image service, by the syntax of its addresses; other addresses stay. */
  function sized(address, side) {
    return address.replace(/\/full\/(?:full|max)\/(\d+\/[a-z]+\.\w+)$/, "/full/!" + side + "," + side + "/$1");
  }

  function remember(open) {
    try {
      if (open) { localStorage.setItem("engross-panel", "open"); } else { localStorage.removeItem("engross-panel"); }
    } catch (error) { /* It is open on this page alone. */ }
  }

  function close() {
    if (!panel) { return; }
    panel.remove();
    panel = null;
    at = -1;
    chosen = false;
    document.documentElement.classList.remove("with-panel");
    var opener = document.querySelector(".open-panel");
    if (opener) { opener.setAttribute("aria-expanded", "false"); opener.focus({ preventScroll: true }); }
  }

  function shape() {
    var image = panel.querySelector("img");
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
    panel.querySelector(".missing").hidden = true;
    image.hidden = false;
    image.alt = link.textContent.trim();
    image.src = sized(link.href, 1400);
    shape();
    var credit = link.parentNode.querySelector(".description");
    panel.querySelector(".caption").textContent = link.textContent.trim() + (credit ? credit.textContent : "");
    panel.querySelector(".before").disabled = at === 0;
    panel.querySelector(".after").disabled = at === all.length - 1;
    var mark = link.dataset.image && document.getElementById(link.dataset.image);
    if (scroll) { chosen = true; }
    if (scroll && mark) { mark.scrollIntoView({ block: "start", behavior: "instant" }); }
  }

  /** The image of the page that is being read; the one after it is loaded when its page comes near. */
  function follow() {
    if (!panel || (chosen && at >= 0)) { return; }
    var all = images();
    var found = -1;
    var next = null;
    var marked = false;
    all.forEach(function (link, number) {
      var mark = link.dataset.image && document.getElementById(link.dataset.image);
      var top = mark ? mark.getBoundingClientRect().top : null;
      marked = marked || top !== null;
      if (top !== null && top < innerHeight * 0.4) { found = number; }
      if (top !== null && top >= innerHeight * 0.4 && top < innerHeight * 2 && !next) { next = link; }
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
      if (event.key === "+" || event.key === "=") { zoom(1.3); } else if (event.key === "-") { zoom(1 / 1.3); } else if (event.key === "0") { zoom(0); } else if (steps && view.scale > 1) { view.x += steps[0]; view.y += steps[1]; shape(); } else { return; }
      event.preventDefault();
    });
  }

  function open(focus) {
    if (panel) { return; }
    var bar = make("p", "bar");
    var before = button(engrossWords.previous_image, "‹", function () { show(at - 1, true); });
    var after = button(engrossWords.next_image, "›", function () { show(at + 1, true); });
    before.classList.add("before");
    after.classList.add("after");
    var caption = make("span", "caption");
    caption.setAttribute("aria-live", "polite");
    bar.append(before, caption, after, button(engrossWords.smaller, "−", function () { zoom(1 / 1.4); }), button(engrossWords.larger, "+", function () { zoom(1.4); }), button(engrossWords.close, "×", function () { remember(false); close(); }));
    var window_ = make("div", "window");
    window_.tabIndex = 0;
    window_.setAttribute("role", "group");
    window_.setAttribute("aria-label", engrossWords.image_window);
    var image = make("img");
    var missing = make("p", "missing", engrossWords.image_missing);
    missing.hidden = true;
    image.addEventListener("error", function () {
      image.hidden = true;
      missing.hidden = false;
    });
    image.draggable = false;
    window_.append(image, missing);
    panel = make("section", "panel");
    panel.setAttribute("aria-label", engrossWords.images);
    panel.append(bar, window_);
    document.body.append(panel);
    document.documentElement.classList.add("with-panel");
    move(window_);
    var opener = document.querySelector(".open-panel");
    if (opener) { opener.setAttribute("aria-expanded", "true"); }
    follow();
    if (focus) { window_.focus({ preventScroll: true }); }
  }

  /** A page with images beside its text gets a button that opens them. */
  function build() {
    close();
    var header = document.querySelector("header.site");
    if (!header || !images().length || document.querySelector(".open-panel")) { return; }
    var opener = make("button", "open-panel", engrossWords.beside);
    opener.type = "button";
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", function () {
      if (panel) { remember(false); close(); } else { remember(true); open(true); }
    });
    header.insertBefore(opener, header.querySelector(".reading"));
    var wanted = null;
    try { wanted = localStorage.getItem("engross-panel"); } catch (error) { /* None was kept. */ }
    if (wanted && matchMedia("(min-width: 60rem)").matches) { open(false); }
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel && panel.contains(event.target)) { remember(false); close(); }
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
