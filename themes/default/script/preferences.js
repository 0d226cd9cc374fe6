// How the reader likes to read: colours, size of the text, and whether keys lead on; kept in this browser alone. The head of
// each page puts it in force before anything is shown.
(function () {
  "use strict";
  var KINDS = { scheme: ["auto", "light", "dark", "sepia"], size: ["auto", "small", "large", "larger"], keys: ["auto", "off"] };

  function kept(kind) {
    try { return localStorage.getItem("engross-" + kind) || "auto"; } catch (error) { return "auto"; }
  }

  function choose(kind, value) {
    var root = document.documentElement;
    try {
      if (value === "auto") { localStorage.removeItem("engross-" + kind); } else { localStorage.setItem("engross-" + kind, value); }
    } catch (error) { /* Without storage it holds for this page. */ }
    if (value === "auto") { delete root.dataset[kind]; } else { root.dataset[kind] = value; }
    dispatchEvent(new Event("resize"));
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

  function opener() { return document.querySelector("button.reading"); }

  /** Opens the choices below their button, or takes them away. */
  function toggle(open) {
    var button = opener();
    var choices = document.querySelector(".choices");
    if (!button || !!choices === open) { return; }
    button.setAttribute("aria-expanded", String(open));
    if (choices) { choices.remove(); return; }
    choices = document.createElement("div");
    choices.className = "choices";
    Object.keys(KINDS).forEach(function (kind) { choices.append(group(kind)); });
    button.after(choices);
  }

  function build() {
    if (opener()) { opener().setAttribute("aria-expanded", "false"); }
  }

  document.addEventListener("engross-exchanged", build);
  build();
  document.addEventListener("click", function (event) {
    var inside = event.target.closest && event.target.closest(".choices, button.reading");
    if (!inside) { toggle(false); } else if (inside === opener()) { toggle(!document.querySelector(".choices")); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && document.querySelector(".choices")) {
      toggle(false);
      opener().focus();
    }
  });
})();
