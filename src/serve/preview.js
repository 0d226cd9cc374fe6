// The preview's own script: shows the page anew when it is another, and errors over it. It is in no build.
//
// A browser grants six connections to one server, so that each page could not have a stream of events of its own: one
// worker, which is this script too, has one for all of them. Where there are no shared workers, each page that is seen
// has one.
(function () {
  "use strict";

  /** The stream of events for pages, each with what it shows; `tell` is given the kind of each event and its data. */
  function listen(address, pages, tell) {
    var query = pages.map(function (it) {
      return "page=" + encodeURIComponent(it.page) + "&version=" + encodeURIComponent(it.version);
    });
    var stream = new EventSource(address + "?" + query.join("&"));
    ["reload", "errors"].forEach(function (kind) {
      stream.addEventListener(kind, function (event) { tell(kind, JSON.parse(event.data)); });
    });
    return stream;
  }

  /** The worker: pages say what they show, and when they go. */
  function share() {
    var MOST = 60;
    var address = location.href.replace(/preview\.js.*$/, "events");
    var ports = new Map();
    var stream = null;
    var planned = null;

    function open() {
      if (stream) {
        stream.close();
        stream = null;
      }
      var pages = Array.from(ports.values()).slice(-MOST);
      if (pages.length > 0) {
        stream = listen(address, pages, function (kind, data) {
          ports.forEach(function (it, port) {
            if (it.page === data.page && it.version === data.version) {
              port.postMessage([kind, data]);
            }
          });
        });
      }
    }

    self.onconnect = function (event) {
      var port = event.ports[0];
      port.onmessage = function (message) {
        ports.delete(port);
        if (message.data) {
          ports.set(port, message.data);
        }
        clearTimeout(planned);
        planned = setTimeout(open, 0);
      };
    };
  }

  if (typeof document === "undefined") {
    share();
    return;
  }

  var me = document.currentScript;
  var shown = { page: me.dataset.page, version: me.dataset.version };
  var key = "engross-preview:" + shown.page;
  var port = null;
  var stream = null;
  var errors = "";
  var panel = null;

  function restore() {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch (_) {
      return;
    }
    if (kept) {
      var go = function () { scrollTo({ left: kept[0], top: kept[1], behavior: "instant" }); };
      history.scrollRestoration = "manual";
      go();
      addEventListener("load", function () {
        go();
        // From now on the browser keeps the place, as on any other page.
        setTimeout(function () { history.scrollRestoration = "auto"; }, 0);
      });
    }
  }

  function reload() {
    try {
      sessionStorage.setItem(key, JSON.stringify([scrollX, scrollY]));
    } catch (_) {
      // Without storage the browser's own way of keeping the place must do.
    }
    location.reload();
  }

  /** What decides how a page looks, besides its words. */
  function looks(page) {
    var parts = page.querySelectorAll("link[rel~=stylesheet], style");
    return Array.from(parts, function (it) { return it.getAttribute("href") || it.textContent; }).join("\n");
  }

  /**
   * What runs on a page, besides this: the scripts that last when their page is exchanged, since they listen on the
   * document alone and say so. Of any other nothing is known, and none is like another.
   */
  function runs(page) {
    var others = Array.from(page.scripts).filter(function (it) {
      return it.dataset.version === undefined && it.type !== "application/ld+json";
    });
    return others.every(function (it) { return it.dataset.lasts !== undefined; })
      ? others.map(function (it) { return it.getAttribute("src"); }).join("\n")
      : NaN;
  }

  /** Puts a new page in the place of the old one: faster than a reload, and the reader's place stays. */
  function exchange(html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    var script = page.querySelector("script[data-version]");
    var alike = runs(page) === runs(document) && looks(page) === looks(document);
    if (!script || !alike) {
      // Scripts run as a page is loaded, and a style must be there before the words are.
      reload();
      return;
    }
    var open = Array.from(document.querySelectorAll("details"), function (it) { return it.open; });
    var focused = document.activeElement && document.activeElement.id;
    var place = [scrollX, scrollY];
    script.remove();
    document.title = page.title;
    ["lang", "dir"].forEach(function (name) { document.documentElement[name] = page.documentElement[name]; });
    document.body.replaceWith(document.adoptNode(page.body));
    document.body.append(me);
    document.querySelectorAll("details").forEach(function (it, number) { it.open = it.open || Boolean(open[number]); });
    var again = focused && document.getElementById(focused);
    if (again) {
      again.focus({ preventScroll: true });
    }
    scrollTo({ left: place[0], top: place[1], behavior: "instant" });
    rest();
    shown.version = script.dataset.version;
    begin();
    // Scripts that last put on the new text what they had put on the old one.
    document.dispatchEvent(new Event("engross-exchanged"));
  }

  function renew() {
    fetch(location.href, { cache: "no-store" })
      .then(function (answer) { return answer.text(); })
      .then(exchange, askAgain)
      .catch(reload);
  }

  /**
   * The preview ended as it was asked, or is being begun anew: what is shown stays, since a reload would leave a page of
   * the browser's own, which never asks again.
   */
  function askAgain() {
    rest();
    setTimeout(function () {
      if (!document.hidden) {
        begin();
      }
    }, 500);
  }

  function hide() {
    if (panel) {
      panel.remove();
      panel = null;
    }
  }

  function show(html) {
    // Told again after a connection was lost, what somebody has hidden stays hidden.
    if (html === errors) {
      return;
    }
    errors = html;
    hide();
    if (!html) {
      return;
    }
    panel = document.createElement("div");
    panel.id = "engross-errors";
    panel.setAttribute("role", "alert");
    panel.lang = "en";
    panel.dir = "ltr";
    var shadow = panel.attachShadow({ mode: "open" });
    shadow.innerHTML =
      "<style>:host{all:initial;position:fixed;inset:0;z-index:2147483647;overflow:auto;background:rgba(20,20,24,.95);" +
      "color:#f4f1ea;color-scheme:dark;font:15px/1.45 ui-monospace,Menlo,Consolas,monospace;padding:1.5rem;box-sizing:border-box}" +
      ".head{display:flex;gap:1rem;align-items:baseline;justify-content:space-between;font-family:system-ui,sans-serif}" +
      "h2{margin:0 0 1rem;font-size:1.15rem}button{font:inherit;padding:.2rem .8rem}" +
      "pre{margin:0 0 1rem;padding:.8rem 1rem;background:#000;border-left:4px solid #e0604c;white-space:pre-wrap;overflow-wrap:anywhere}" +
      "@media print{:host{display:none}}</style>" +
      "<div class=head><h2></h2><button type=button>Hide</button></div>" + html;
    var count = shadow.querySelectorAll("pre").length;
    shadow.querySelector("h2").textContent =
      count === 1 ? "One error keeps this edition from being built" : count + " errors keep this edition from being built";
    shadow.querySelector("button").addEventListener("click", hide);
    document.documentElement.append(panel);
  }

  function told(kind, data) {
    if (kind === "reload") {
      renew();
    } else {
      show(data.html);
    }
  }

  function alone() {
    port = null;
    if (!stream && !document.hidden) {
      stream = listen("/_engross/events", [shown], told);
    }
  }

  function begin() {
    if (typeof SharedWorker === "undefined") {
      alone();
      return;
    }
    if (!port) {
      try {
        var worker = new SharedWorker(me.src);
        worker.onerror = alone;
        port = worker.port;
        port.onmessage = function (message) { told(message.data[0], message.data[1]); };
      } catch (_) {
        alone();
        return;
      }
    }
    port.postMessage(shown);
  }

  function rest() {
    if (port) {
      port.postMessage(null);
    }
    if (stream) {
      stream.close();
      stream = null;
    }
  }

  // What is in the background asks when it is seen again.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      rest();
    } else {
      begin();
    }
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", function (event) { if (event.persisted) { begin(); } });
  addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
  restore();
  if (!document.hidden) {
    begin();
  }
})();
