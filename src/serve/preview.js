// The preview's own script: reloads the page when it is another, and shows errors over it. It is in no build.
(function () {
  "use strict";
  var me = document.currentScript;
  var page = me.dataset.page;
  var version = me.dataset.version;
  var key = "engross-preview:" + page;
  var events = null;
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
      history.scrollRestoration = "manual";
      var go = function () { scrollTo({ left: kept[0], top: kept[1], behavior: "instant" }); };
      go();
      addEventListener("load", go);
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

  function hide() {
    if (panel) {
      panel.remove();
      panel = null;
    }
  }

  function show(errors) {
    hide();
    if (!errors) {
      return;
    }
    panel = document.createElement("div");
    panel.id = "engross-errors";
    panel.setAttribute("role", "alert");
    var shadow = panel.attachShadow({ mode: "open" });
    shadow.innerHTML =
      "<style>:host{position:fixed;inset:0;z-index:2147483647;overflow:auto;background:rgba(20,20,24,.93);color:#f4f1ea;" +
      "font:15px/1.45 ui-monospace,Menlo,Consolas,monospace;padding:1.5rem;box-sizing:border-box}" +
      "header{display:flex;gap:1rem;align-items:baseline;justify-content:space-between;font-family:system-ui,sans-serif}" +
      "h2{margin:0 0 1rem;font-size:1.15rem}button{font:inherit;padding:.2rem .8rem}" +
      "pre{margin:0 0 1rem;padding:.8rem 1rem;background:#000;border-left:4px solid #e0604c;white-space:pre-wrap;overflow-wrap:anywhere}</style>" +
      "<header><h2></h2><button type=button>Hide</button></header>" + errors;
    var count = shadow.querySelectorAll("pre").length;
    shadow.querySelector("h2").textContent =
      count === 1 ? "One error keeps this edition from being built" : count + " errors keep this edition from being built";
    shadow.querySelector("button").addEventListener("click", hide);
    document.documentElement.append(panel);
  }

  function listen() {
    if (events) {
      return;
    }
    events = new EventSource(
      "/_engross/events?page=" + encodeURIComponent(page) + "&version=" + encodeURIComponent(version)
    );
    events.addEventListener("reload", reload);
    events.addEventListener("errors", function (event) { show(JSON.parse(event.data)); });
    // A preview that was begun anew knows nothing of what is shown: it is told when the stream opens again.
    events.addEventListener("open", hide);
  }

  function rest() {
    if (events) {
      events.close();
      events = null;
    }
  }

  // A browser grants few streams to one server, so pages in the background let go of theirs and ask when they are seen.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      rest();
    } else {
      listen();
    }
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", function (event) { if (event.persisted) { listen(); } });
  addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
  restore();
  if (!document.hidden) {
    listen();
  }
})();
