// What a word is, as the index has it: letters folded, scripts without spaces taken apart, English stems.
//
// `fold` and `splitter` are the other half of `src/search/fold.rs`; both are held to the same cases.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  /** Letters that no decomposition takes apart. */
  const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ŧ: "t", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ς: "σ" };
  /** Marks that fall away: accents, Hebrew points, Arabic vowels. Vowel signs of other scripts are letters. */
  const MARK = /^\p{M}$/u;
  const ACCENT = /^[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]$/;

  /** A text in small letters and without accents. */
  search.fold = function (text) {
    const small = text.toLowerCase();
    if (/^[\x00-\x7f]*$/.test(small)) return small;
    let folded = "";
    let base = "";
    for (const letter of small.normalize("NFD")) {
      if (!MARK.test(letter)) {
        base = letter;
        folded += PLAIN[letter] || letter;
      } else if (!fallsAway(base, letter)) folded += letter;
    }
    return folded.normalize("NFC");
  };

  function fallsAway(base, mark) {
    if (!ACCENT.test(mark)) return false;
    // й is no и, but ё is е, and a stress is none of the letter's.
    const isCyrillic = base >= "\u0400" && base <= "\u052f";
    return !isCyrillic || mark === "\u0300" || mark === "\u0301" || (mark === "\u0308" && base === "е");
  }

  /** Takes texts apart into words; each letter of a script without spaces (`ranges` of code points) is one. */
  search.splitter = function (ranges) {
    if (!splitters.has(ranges)) splitters.set(ranges, makeSplitter(ranges));
    return splitters.get(ranges);
  };

  const splitters = new Map();

  function makeSplitter(ranges) {
    const code = (number) => `\\u{${number.toString(16)}}`;
    const unspaced = (ranges || []).map(([first, last]) => `${code(first)}-${code(last)}`).join("");
    const letters = "[\\p{L}\\p{N}\\p{M}]";
    return new RegExp(unspaced ? `[${unspaced}]|(?:(?![${unspaced}])${letters})+` : `${letters}+`, "gu");
  }

  /** The words of a text with their places: `{ word, start, end }`. */
  search.tokens = function (text, splitter) {
    const found = [];
    for (const match of text.matchAll(splitter || search.splitter())) {
      const word = search.fold(match[0]);
      if (/[\p{L}\p{N}\p{M}]/u.test(word)) found.push({ word, start: match.index, end: match.index + match[0].length });
    }
    return found;
  };

  // Stems of English words: M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), with the two endings
  // that the engine's own stemmer adds (`bli`, `logi`).
  const ENDS_2 = { ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", logi: "log", bli: "ble", alli: "al", entli: "ent", eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble" };
  const ENDS_3 = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const ENDS_4 = /^(.*?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|(?<=[st])ion|ou|ism|ate|iti|ous|ive|ize)$/;

  /** A word as a row of v and c; y is a vowel after a consonant. */
  function shape(word) {
    let found = "";
    for (const letter of word) found += /[aeiou]/.test(letter) || (letter === "y" && found.endsWith("c")) ? "v" : "c";
    return found;
  }

  const measure = (word) => (shape(word).match(/v+c+/g) || []).length;
  const hasVowel = (word) => shape(word).includes("v");
  const isDouble = (word) => /([^aeiou])\1$/.test(word) && shape(word).endsWith("cc");
  const isShort = (word) => shape(word).endsWith("cvc") && !/[wxy]$/.test(word);

  function exchange(word, ends) {
    const end = Object.keys(ends).filter((one) => word.endsWith(one)).sort((one, other) => other.length - one.length)[0];
    if (end === undefined) return word;
    const stem = word.slice(0, word.length - end.length);
    return measure(stem) > 0 ? stem + ends[end] : word;
  }

  function past(word) {
    if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
    const match = /^(.+)(ed|ing)$/.exec(word);
    if (!match || !hasVowel(match[1])) return word;
    const stem = match[1];
    if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
    if (isDouble(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1);
    return measure(stem) === 1 && isShort(stem) ? `${stem}e` : stem;
  }

  const stems = new Map();

  /** The stem of a folded English word. */
  search.stem = function (word) {
    if (!stems.has(word)) stems.set(word, strip(word));
    return stems.get(word);
  };

  function strip(typed) {
    if (typed.length < 3 || typed.length > 64) return typed;
    let word = typed.replace(/(?<=.)(ss|i)es$/, "$1").replace(/([^s])s$/, "$1");
    word = past(word);
    if (word.endsWith("y") && hasVowel(word.slice(0, -1))) word = `${word.slice(0, -1)}i`;
    word = exchange(exchange(word, ENDS_2), ENDS_3);
    const end = ENDS_4.exec(word);
    if (end && measure(end[1]) > 1) [, word] = end;
    if (word.endsWith("e")) {
      const stem = word.slice(0, -1);
      if (measure(stem) > 1 || (measure(stem) === 1 && !isShort(stem))) word = stem;
    }
    return word.endsWith("ll") && measure(word.slice(0, -1)) > 1 ? word.slice(0, -1) : word;
  }
})(typeof self === "undefined" ? globalThis : self);
