// How the reader likes to read: colours and size of the text, kept in this browser alone. The head of each page puts them
// in force before anything is shown.
(function () {
  "use strict";
  var KINDS = { scheme: ["auto", "light", "dark", "sepia"], size: ["auto", "small", "large", "larger"] };

  function kept(kind) {
    try { return localStorage.getItem("engross-" + kind) || "auto"; } catch (error) { return "auto"; }
  }

  function choose(kind, value) {
    try {
      if (value === "auto") { localStorage.removeItem("engross-" + kind); } else { localStorage.setItem("engross-" + kind, value); }
    } catch (error) { /* Without storage it holds for this page. */ }
    if (value === "auto") { delete document.documentElement.dataset[kind]; } else { document.documentElement.dataset[kind] = value; }
  }

  function group(kind) {
    var set = document.createElement("fieldset");
    var legend = document.createElement("legend");
    legend.textContent = engrossWords[kind].title;
    set.append(legend);
    KINDS[kind].forEach(function (value) {
      var label = document.createElement("label");
      var radio = document.createElement("input");
      radio.type = "radio";
      radio.name = "engross-" + kind;
      radio.checked = (document.documentElement.dataset[kind] || kept(kind)) === value;
      radio.addEventListener("change", function () { choose(kind, value); });
      label.append(radio, " " + engrossWords[kind][value]);
      set.append(label);
    });
    return set;
  }

  function build() {
    var header = document.querySelector("header.site");
    if (!header || header.querySelector(".reading")) { return; }
    var details = document.createElement("details");
    var summary = document.createElement("summary");
    details.className = "reading";
    summary.textContent = engrossWords.reading;
    var choices = document.createElement("div");
    choices.append(group("scheme"), group("size"));
    details.append(summary, choices);
    header.append(details);
  }

  document.addEventListener("keydown", function (event) {
    var details = document.querySelector("details.reading[open]");
    if (event.key === "Escape" && details && details.contains(event.target)) {
      details.open = false;
      details.firstChild.focus();
    }
  });
  document.addEventListener("click", function (event) {
    var details = document.querySelector("details.reading[open]");
    if (details && !details.contains(event.target)) { details.open = false; }
  });
  document.addEventListener("engross-exchanged", build);
  build();
})();
