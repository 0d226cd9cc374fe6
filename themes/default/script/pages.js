// The index of printed pages gets a field that leads to a page by its number.
(function () {
  "use strict";

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

  document.addEventListener("engross-exchanged", pages);
  pages();
})();
