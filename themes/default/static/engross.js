// What the default theme adds where scripts run. Every page is complete without it.
(function () {
  "use strict";

  /** The index of printed pages gets a field that leads to a page by its number. */
  function pages() {
    document.querySelectorAll("form.go-to-page").forEach(function (form) {
      form.hidden = false;
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var wanted = form.elements.page.value.trim().toLowerCase();
        var found = Array.from(form.parentNode.querySelectorAll("a.page")).find(function (link) {
          return link.textContent.trim().toLowerCase() === wanted;
        });
        form.querySelector("output").textContent = found ? "" : form.dataset.missing;
        if (found) {
          location.href = found.href;
        }
      });
    });
  }

  pages();
  // The preview puts a new text into the page that is open, and tells a script that can bear it.
  document.addEventListener("engross-exchanged", function (event) {
    event.preventDefault();
    pages();
  });
})();
