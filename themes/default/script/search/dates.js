// Dates as readers type them: "1961", "Feb 1963", "14 February 1961", "1961–63", "before May 1962", "undated".
//
// Days are counted from 1970-01-01, as in the index; the calendar is the Gregorian one, also before its time.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});
  const DAY = 86400000;
  const ENGLISH = {
    undated: ["undated", "no date", "n.d."],
    before: ["before"],
    until: ["until", "till", "to"],
    after: ["after"],
    since: ["since", "from"],
    between: ["between", "from"],
    and: ["to", "and", "until", "till"],
    articles: ["the", "in", "on"],
    circa: ["c.", "ca.", "ca", "circa", "about", "around", "approximately"],
    spring: ["spring"],
    summer: ["summer"],
    autumn: ["autumn", "fall"],
    winter: ["winter"],
  };
  /** First months of seasons, as documents are dated: those of the north, and winter goes on into the next year. */
  const SEASONS = { spring: 3, summer: 6, autumn: 9, winter: 12 };

  /** The number of a day. */
  search.dayNumber = function (year, month, day) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return Math.round(date.getTime() / DAY);
  };

  /** The year of a day. */
  search.yearOf = (day) => new Date(day * DAY).getUTCFullYear();

  /** A day as `1961-02-14`. */
  search.isoDay = function (day) {
    const date = new Date(day * DAY);
    const two = (number) => String(number).padStart(2, "0");
    return `${String(date.getUTCFullYear()).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  };

  /**
   * Reads a date or a range: `{ from, to }` in days, null where it is open; `{ undated: true }`; `{}` for nothing typed;
   * null where it is not understood. `options`: `lang` for names of months and the order of figures, `words` with further
   * words of each kind that English has above, separated by commas.
   */
  search.readDates = function (typed, options) {
    const known = options || {};
    const text = search.fold(String(typed || "")).replace(/[‐‑‒−]/g, "-").replace(/’/g, "'").replace(/\s+/g, " ").trim();
    if (!text) return {};
    if (names("undated", known).includes(text)) return { undated: true };
    return whole(text, known) || apart(text, known);
  };

  /** Start and end of a search from two fields; the first alone may hold a range. `wrong` is the field not understood. */
  search.readRange = function (from, to, options) {
    const first = search.readDates(from, options);
    const last = search.readDates(to, options);
    if (!first) return { wrong: from };
    if (!last) return { wrong: to };
    if (first.undated || last.undated) return { undated: true };
    const isLastTyped = Boolean(String(to || "").trim());
    const start = first.from === undefined ? null : first.from;
    const isOneDate = first.from !== undefined && !isLastTyped;
    // "1961" in the first field alone means that year; with a second field it is where the range begins.
    let end = isLastTyped ? last.to : isOneDate ? first.to : null;
    if (end === undefined) end = null;
    if (start === null && end === null && !isOneDate) return {};
    if (start !== null && end !== null && start > end) return { from: last.from, to: first.to };
    return { from: start, to: end };
  };

  const names = (kind, { words }) => {
    const own = words && words[kind] ? String(words[kind]).split(",") : [];
    return [...ENGLISH[kind], ...own].map((name) => search.fold(name.trim()).replace(/’/g, "'")).filter(Boolean);
  };

  /** What follows a word of a kind with which a text begins, the longest one; null where there is none. */
  function after(kind, text, known) {
    const fits = (word) => text.startsWith(word.endsWith("'") ? word : `${word} `);
    const [word] = names(kind, known).filter(fits).sort((one, other) => other.length - one.length);
    return word === undefined ? null : text.slice(word.length).trim();
  }

  /** A date without a range: a year, a month, a day. */
  function whole(text, known) {
    let plain = (after("articles", text, known) ?? text).replace(/(\d)(st|nd|rd|th|er)\b/g, "$1").replace(/[,.]? (of|de|du|en) /g, " ");
    // Documents of about that time are dated to it.
    const circa = names("circa", known).find((word) => plain.startsWith(`${word} `) || (word.endsWith(".") && plain.startsWith(word)));
    if (circa) plain = plain.slice(circa.length).trim();
    let match;
    if ((match = /^(\d{3,4})$/.exec(plain))) return period(+match[1]);
    if ((match = /^(\d{3})[0x]'?s?$/.exec(plain)) && /[sx]$/.test(plain)) {
      return { from: search.dayNumber(+match[1] * 10, 1, 1), to: search.dayNumber(+match[1] * 10 + 9, 12, 31) };
    }
    if ((match = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(plain))) return period(+match[1], +match[2], match[3] && +match[3]);
    if ((match = /^(\d{1,2})[./](\d{4})$/.exec(plain))) return period(+match[2], +match[1]);
    if ((match = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(plain))) return period(+match[3], +match[2], +match[1]);
    if ((match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(plain))) {
      // 2/14/1961 and 14/2/1961 are plain; 2/3/1961 is read as the language of the edition writes it.
      const dayFirst = +match[1] > 12 || (+match[2] <= 12 && isDayFirst(known.lang));
      return dayFirst ? period(+match[3], +match[2], +match[1]) : period(+match[3], +match[1], +match[2]);
    }
    return inSeason(plain, known) || withMonth(plain, known);
  }

  /** Whether a language writes the day before the month, in figures; English does not, but for that of Britain. */
  function isDayFirst(lang) {
    try {
      const parts = new Intl.DateTimeFormat(lang || "en").formatToParts(0).map((part) => part.type);
      return parts.indexOf("day") < parts.indexOf("month");
    } catch {
      return false;
    }
  }

  function inSeason(text, known) {
    const match = /^(\p{L}+)[, ]+(\d{4})$/u.exec(text);
    const season = match && Object.keys(SEASONS).find((one) => names(one, known).includes(match[1]));
    if (!season) return null;
    const [year, first] = [Number(match[2]), SEASONS[season]];
    return { from: period(year, first).from, to: season === "winter" ? period(year + 1, 2).to : period(year, first + 2).to };
  }

  function withMonth(text, known) {
    let match;
    // "February 14-16, 1961": the days of one month.
    if ((match = /^(\p{L}+)[. ]*(\d{1,2}) ?[-–—] ?(\d{1,2}),? (\d{3,4})$/u.exec(text))) {
      const [start, end] = [match[2], match[3]].map((day) => month(match[1], known, +match[4], +day));
      return start && end && start.from <= end.to ? { from: start.from, to: end.to } : null;
    }
    if ((match = /^(\d{1,2})[. -]*(\p{L}+)[., -]*(\d{3,4})$/u.exec(text))) return month(match[2], known, +match[3], +match[1]);
    if ((match = /^(\p{L}+)[. -]*(\d{1,2})(?:,| )[ ]?(\d{3,4})$/u.exec(text))) return month(match[1], known, +match[3], +match[2]);
    if ((match = /^(\d{3,4}),? (\p{L}+)[. ]*(\d{1,2})?$/u.exec(text))) return month(match[2], known, +match[1], match[3] && +match[3]);
    if ((match = /^(\p{L}+)[., -]*(\d{3,4})$/u.exec(text))) return month(match[1], known, +match[2]);
    return null;
  }

  function month(name, known, year, day) {
    const number = monthNumber(name, known.lang);
    return number ? period(year, number, day) : null;
  }

  function monthNumber(name, lang) {
    if (name.length < 3) return 0;
    for (const one of [lang, "en"].filter(Boolean)) {
      for (let number = 1; number <= 12; number += 1) {
        if (monthNames(one, number).some((full) => full.startsWith(name) || (name === "sept" && number === 9))) return number;
      }
    }
    return 0;
  }

  function monthNames(lang, number) {
    const date = new Date(Date.UTC(2001, number - 1, 1));
    try {
      const format = (options) => search.fold(new Intl.DateTimeFormat(lang, { ...options, timeZone: "UTC" }).format(date));
      // Some languages have another form beside a day; it is taken without the day.
      const beside = format({ month: "long", day: "numeric" }).replace(/[\d.]/g, "").replace(/^ ?(de|d’) /, "").trim();
      return [format({ month: "long" }), beside, format({ month: "short" }).replace(".", "")];
    } catch {
      return [];
    }
  }

  /** From the first to the last day of a year, a month or a day; null where there is no such day. */
  function period(year, month, day) {
    if (!(year >= 1 && year <= 9999)) return null;
    if (!month) return month === undefined ? { from: search.dayNumber(year, 1, 1), to: search.dayNumber(year, 12, 31) } : null;
    if (month > 12) return null;
    const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
    if (day === undefined || day === "") {
      return { from: search.dayNumber(year, month, 1), to: search.dayNumber(year, month, last) };
    }
    if (day < 1 || day > last) return null;
    const only = search.dayNumber(year, month, day);
    return { from: only, to: only };
  }

  /** Ranges: from one date to another, open on one side, or shortened as "1961–63". */
  function apart(text, known) {
    const parts = after("between", text, known) ?? after("since", text, known) ?? text;
    for (const separator of ["–", "—", "/", "..", ...names("and", known).map(between), " - ", "-"]) {
      const range = split(parts, separator, known);
      if (range) return range;
    }
    return openTo(text, known) || openFrom(text, known);
  }

  const between = (word) => (word.endsWith("'") ? ` ${word}` : ` ${word} `);

  function openTo(text, known) {
    const [before, until] = ["before", "until"].map((kind) => rest(kind, text, known));
    return before ? { from: null, to: before.from - 1 } : until && { from: null, to: until.to };
  }

  function openFrom(text, known) {
    const [later, since] = ["after", "since"].map((kind) => rest(kind, text, known));
    return later ? { from: later.to + 1, to: null } : since && { from: since.from, to: null };
  }

  /** The date behind a word of a kind. */
  function rest(kind, text, known) {
    const date = after(kind, text, known);
    return date ? whole(date, known) : null;
  }

  function split(text, separator, known) {
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
      const [left, right] = [text.slice(0, at).trim(), text.slice(at + separator.length).trim()];
      const range = join(left, right, known);
      if (range) return range;
    }
    return null;
  }

  function join(left, right, known) {
    if (!left && !right) return null;
    let end = right && whole(right, known);
    if (!end && right && /^\d{2}$/.test(right)) {
      const year = /(\d{2})(\d{2})$/.exec(left);
      end = year && Number(right) > Number(year[2]) && period(Number(year[1] + right));
    }
    let start = left && whole(left, known);
    const year = /\d{4}$/.exec(right);
    // "Feb–May 1963", "3–14 May 1963": the first part takes from the second what it lacks.
    if (!start && left && end && year) start = whole(`${left} ${year[0]}`, known) || whole(`${left} ${right.replace(/^\d{1,2}[. ]+/, "")}`, known);
    if ((left && !start) || (right && !end)) return null;
    const range = { from: start ? start.from : null, to: end ? end.to : null };
    return range.from !== null && range.to !== null && range.from > range.to ? { from: end.from, to: start.to } : range;
  }
})(typeof self === "undefined" ? globalThis : self);
