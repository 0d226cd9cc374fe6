// An original and its translation on two pages, side by side: the other page comes into its frame when it is opened, without
// its head and foot, and goes along with the text as it is read. From disk as well, where pages know nothing of each other
// but messages.
(function () {
  "use strict";

  /** The part that is read: the last paragraph, page mark or pinned place that begins at the top of the window. */
  function reached() {
    var above = Array.from(document.querySelectorAll(".text [id]")).filter(function (part) {
      return part.getBoundingClientRect().top < 80;
    });
    return above.pop();
  }

  if (document.documentElement.classList.contains("framed")) {
    addEventListener("message", function (event) {
      var part = event.data && event.data.engross && document.getElementById(event.data.engross);
      if (part) { scrollTo({ top: part.getBoundingClientRect().top + scrollY - event.data.at, behavior: "instant" }); }
    });
    return;
  }

  document.addEventListener("toggle", function (event) {
    var link = event.target.matches && event.target.matches("details.beside[open]") && event.target.querySelector("a[target]");
    if (link && !event.target.dataset.shown) {
      event.target.dataset.shown = "true";
      link.click();
    }
    document.dispatchEvent(new Event("engross-panel"));
  }, true);
  var planned = false;
  addEventListener("scroll", function () {
    var frame = document.querySelector("details.beside[open] iframe");
    if (!frame || planned) { return; }
    planned = true;
    requestAnimationFrame(function () {
      planned = false;
      var part = reached();
      if (part) { frame.contentWindow.postMessage({ engross: part.id, at: part.getBoundingClientRect().top }, "*"); }
    });
  }, { passive: true });
})();
