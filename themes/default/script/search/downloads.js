// The list of results to take away: as a table, and as a list of citations.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  /**
   * A row for each result: number, title, date in words, first and last day, volume, then the facets, then the address.
   * `names` has the headings.
   */
  search.table = function (documents, titles, columns, names) {
    const facets = columns.list().filter((facet) => !["volume", "year"].includes(facet.id));
    const volumes = columns.facets.get("volume");
    const head = [names.number, names.title, names.date, names.first, names.last, names.volume];
    const rows = [[...head, ...facets.map((facet) => names.facets[facet.id] || facet.id), names.address]];
    documents.forEach((document, place) => {
      const [address, number, title, date, volume] = titles[place];
      const days = columns.span(document).map((day) => (day === null ? "" : search.isoDay(day)));
      const values = facets.map((facet) => facet.values[document].map((value) => facet.labels[value]).join("; "));
      rows.push([number, title, date, ...days, nameOf(volumes, volume), ...values, whole(address)]);
    });
    // The mark at the start tells spreadsheets that the letters are UTF-8.
    return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  };

  /** A paragraph for each result, by the pattern `{number}. {title}. {date}. {volume}. {address}` or another one. */
  search.citations = function (titles, columns, pattern) {
    const volumes = columns.facets.get("volume");
    const lines = titles.map(([address, number, title, date, volume]) => {
      const values = { number, title, date, volume: nameOf(volumes, volume), address: whole(address) };
      // A part whose value is missing goes, with the stop after it.
      const text = pattern.replace(/\{(\w+)\}([.,:;]? ?)/g, (_, name, end) => (values[name] ? `${stopped(values[name], end)}` : ""));
      return text.trim();
    });
    return `${lines.join("\n\n")}\n`;
  };

  /** A page of the edition's own stands in no volume. */
  const nameOf = (volumes, volume) => (volumes && volume !== null ? volumes.names[volume] : "");

  const stopped = (value, end) => (/[.!?]$/.test(value) && end.startsWith(".") ? value + end.slice(1) : value + end);

  const whole = (address) => new URL(address, location.href).href;

  function cell(value) {
    let text = value === null || value === undefined ? "" : String(value);
    // A spreadsheet would reckon with a text that begins so.
    if (/^[=+\-@\t]/.test(text)) text = `'${text}`;
    return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /** Hands a file to the reader. */
  search.save = function (name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
})(typeof self === "undefined" ? globalThis : self);
