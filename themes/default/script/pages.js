// The index of printed pages gets a field that leads to a page by its number.
(function () {
  "use strict";

  function bare(text) {
    return text.trim().toLowerCase();
  }

  // Pages that begin again in each document stand below it: it is known by its number, by the name of its page, or by
  // words of its title.
  function links(form) {
    var part = form.parentNode;
    if (!form.elements.document) {
      return Array.from(part.querySelectorAll("a.page"));
    }
    var wanted = bare(form.elements.document.value);
    var documents = Array.from(part.querySelectorAll(".documents-pages > li"));
    var tests = [
      function (link) {
        var number = link.querySelector(".number");
        return number && bare(number.textContent).replace(/\.$/, "") === wanted;
      },
      function (link) {
        return bare(link.pathname.split("/").pop().replace(/\.html$/, "")) === wanted;
      },
      function (link) {
        return bare(link.textContent).indexOf(wanted) >= 0;
      },
    ];
    for (var at = 0; at < tests.length; at += 1) {
      var found = documents.filter(function (item) {
        return tests[at](item.querySelector("a"));
      });
      if (found.length) {
        return found.flatMap(function (item) {
          return Array.from(item.querySelectorAll("ul a"));
        });
      }
    }
    return [];
  }

  function pages() {
    document.querySelectorAll("form.go-to-page").forEach(function (form) {
      form.hidden = false;
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var wanted = bare(form.elements.page.value);
        var found = links(form).find(function (link) {
          return bare(link.textContent) === wanted;
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
