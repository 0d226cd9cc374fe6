// What readers type, as the search understands it: node --test search.test.mjs
//
// The expressions are run by the engine itself over a small index that this test makes, so that none of them can be an
// error; the scripts are those that pages load.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

const scripts = new URL("../../themes/default/script/search/", import.meta.url);
const load = createRequire(import.meta.url);
for (const name of ["words", "query", "dates", "files", "facets", "sqlite", "address", "excerpts", "downloads"]) load(new URL(`${name}.js`, scripts).pathname);
const search = globalThis.engrossSearch;

/** Letters that are words by themselves, as the head of an index names them. */
const unspaced = [[0x0e00, 0x0eff], [0x3040, 0x30ff], [0x4e00, 0x9fff]];
const parse = (typed, options = {}) => search.parse(typed, { unspaced, ...options });

/** What is typed, the expression, what is left out of everything, kinds of notices. */
const QUERIES = [
  ["berlin wall", '("berlin" AND "wall")'],
  ["  berlin  ", '"berlin"'],
  ['"berlin wall"', '"berlin wall"'],
  ["“berlin wall”", '"berlin wall"'],
  ["„Berliner Mauer“", '"berliner mauer"'],
  ["«mur de Berlin»", '"mur de berlin"'],
  ["Łódź Ἀθῆναι", '("lodz" AND "αθηναι")'],
  ['"open phrase', '"open phrase"'],
  ["berlin -wall", '(("berlin") NOT "wall")'],
  ["berlin −wall", '(("berlin") NOT "wall")'],
  ["berlin NOT wall", '(("berlin") NOT "wall")'],
  ["berlin - wall", '("berlin" AND "wall")'],
  ["-wall", null, '"wall"'],
  ["-wall -berlin", null, '("wall" OR "berlin")'],
  ["-wall OR -berlin", null, '("wall" AND "berlin")'],
  ["-(-wall)", '"wall"'],
  ["berlin OR -wall", '"berlin"', null, ["alone"]],
  ["yugosl*", '"yugosl" *'],
  ['"atomic ener*"', '"atomic ener" *'],
  ['"atomic ener"*', '"atomic ener" *'],
  ["so*", '"so"', null, ["short"]],
  ["*berlin", '"berlin"', null, ["star"]],
  ["comm*ist", '"comm" *', null, ["star"]],
  ["a OR b c", '("a" OR ("b" AND "c"))'],
  ["(a OR b) c", '(("a" OR "b") AND "c")'],
  ["a | b", '("a" OR "b")'],
  ["a AND b & c", '("a" AND "b" AND "c")'],
  ["soviet near/5 missile", 'NEAR("soviet" "missile", 5)'],
  ["soviet NEAR/5 missile", 'NEAR("soviet" "missile", 5)'],
  ["a near/2 b near/3 c", '(NEAR("a" "b", 2) AND NEAR("b" "c", 3))'],
  ["notes:a near/2 b", '{notes} : NEAR("a" "b", 2)'],
  ["title:a near/2 notes:b", '({title} : "a" AND {notes} : "b")', null, ["near"]],
  ["(a b) near/2 c", '(("a" AND "b") AND "c")', null, ["near"]],
  ["soviet near/200 missile", 'NEAR("soviet" "missile", 200)'],
  ["soviet near/99999999 missile", 'NEAR("soviet" "missile", 999999)'],
  ["near/5", null, null, ["dangling", "nothing"]],
  ["soviet near/5", '"soviet"', null, ["dangling"]],
  ["near/5 soviet", '"soviet"', null, ["dangling"]],
  ["soviet near/5 -missile", '(("soviet") NOT "missile")', null, ["dangling"]],
  ["soviet near/5 ☭ missile", '("soviet" AND "missile")', null, ["sign", "near"]],
  ["soviet ☭", '"soviet"', null, ["sign"]],
  ["☭", null, null, ["sign", "nothing"]],
  ["notes:bohlen", '{notes} : "bohlen"'],
  ["Source: bohlen", '{source} : "bohlen"'],
  ["title:(a -b)", '(({title} : "a") NOT {title} : "b")'],
  ["title:-memorandum", null, '{title} : "memorandum"'],
  ["-title:memorandum", null, '{title} : "memorandum"'],
  ["soviet title:-memorandum", '(("soviet") NOT {title} : "memorandum")'],
  ["-title:-memorandum", '{title} : "memorandum"'],
  ["title:-(a OR b)", null, '({title} : "a" OR {title} : "b")'],
  ["title:(berlin OR notes:wall)", '({title} : "berlin" OR {notes} : "wall")', null, ["inner"]],
  ["title:notes:wall", '{notes} : "wall"', null, ["inner"]],
  ["title:soviet:berlin", '{title} : "soviet:berlin"', null, ["unknown"]],
  ["title:(a near/5 b)", '{title} : NEAR("a" "b", 5)'],
  ['text:"berlin wall"', '{text} : "berlin wall"'],
  ["foo:bar", '"foo:bar"', null, ["unknown"]],
  ["10:30", '"10:30"'],
  ["U.S.-Soviet", '"u.s.-soviet"'],
  ["l'etat", '"l\'etat"'],
  ["611.61/2-1563", '"611.61/2-1563"'],
  ["near near", '("near" AND "near")'],
  ["or and not", '("or" AND "and" AND "not")'],
  ["漢字", '"漢  字"'],
  ["漢字*", '"漢  字"'],
  ["", null],
  ["   ", null],
  ["AND", null, null, ["nothing"]],
  ["((((", null, null, ["nothing"]],
  ["- & |", null, null, ["nothing"]],
  ["title:", null, null, ["field", "nothing"]],
  ["title: OR a", '"a"', null, ["field"]],
  [")a(", '"a"'],
];

test("queries", () => {
  for (const [typed, match, exclude = null, notices = []] of QUERIES) {
    const query = parse(typed);
    assert.equal(query.match, match, `${typed}: ${query.match}`);
    assert.equal(query.exclude, exclude, typed);
    assert.deepEqual(query.notices.map((notice) => notice.kind), notices, typed);
  }
});

test("names of fields in the language of the edition", () => {
  assert.equal(parse("Titel:berlin", { fields: { Titel: "title" } }).match, '{title} : "berlin"');
  assert.equal(parse("title:berlin", { fields: { Titel: "title" } }).match, '{title} : "berlin"');
  assert.equal(parse("constructor:berlin").match, '"constructor:berlin"');
  assert.equal(parse("__proto__:berlin").match, '"__proto__:berlin"');
});

test("letters are folded as the index folds them", async () => {
  const cases = await readFile(new URL("../search/folding.txt", import.meta.url), "utf8");
  const lines = cases.split("\n").filter((line) => line && !line.startsWith("#"));
  assert.ok(lines.length > 30);
  for (const line of lines) {
    const [written, folded] = line.split(" → ");
    assert.equal(search.fold(written), folded, line);
    assert.equal(search.fold(folded), folded, line);
  }
  // What is folded is found: the engine and the scripts agree on what a word is.
  for (const line of lines) {
    const [written, folded] = line.split(" → ");
    const index = await smallIndex(folded.replaceAll("'", "''"));
    let hits = 0;
    index.step("SELECT rowid FROM documents WHERE documents MATCH ?1", [parse(`"${written}"`, { unspaced: [] }).match], () => (hits += 1));
    assert.equal(hits, 1, line);
  }
});

test("stems are those of the engine", async () => {
  const words = "ships ship shipped shipping caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping tanned falling hissing fizzed failing filing happy sky relational conditional rational valenci hesitanci digitizer conformabli radicalli differentli vileli analogousli vietnamization predication operator feudalism decisiveness hopefulness callousness formaliti sensitiviti sensibiliti triplicate formative formalize electriciti electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologou communism activate angulariti homologous effective bowdlerize probate rate cease controll roll treaty treaties negotiation negotiations negotiate negotiated government governments agency agencies secretary secretaries policy policies dying died lies lie ies sses yes say says boy boys employ employed employees crying cry apology apologize archaeology by as is was us gas bus possess possesses theology possibly".split(" ");
  const index = await smallIndex(words.join(" x "), "porter unicode61 remove_diacritics 0");
  assert.equal(index.step("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(temp, documents, instance)", [], () => {}), -1);
  // A word finds exactly those whose stem is its own.
  for (const word of words) {
    const found = new Set();
    index.step("SELECT offset FROM temp.terms WHERE col = 'text' AND term = ?1", [search.stem(word)], (engine, statement) => found.add(engine.sqlite3_column_int(statement, 0)));
    assert.ok(found.has(2 * words.indexOf(word)), `${word}: ${search.stem(word)} is not its stem in the engine`);
  }
  const manifest = { stemming: "english", unspaced: [] };
  const marked = (typed, text) => search.places(text, parse(typed).terms, manifest).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(marked("ship \"atomic energies\" treat*", "Ships, the shipping of atomic energy; a treaty."), ["Ships", "shipping", "atomic energy", "treaty"]);
});

test("forms go along where the page that is found would not know them", () => {
  const marks = (typed, forms) => search.marksOf(parse(typed).terms, forms);
  assert.equal(marks("ship", ["ships", "ship", "shipping"]), "ship|ships|shipping");
  assert.equal(marks("yugosl*", ["yugoslav", "yugoslavia"]), "yugosl*");
  assert.equal(marks("lodz cafe", ["łódź", "café"]), "lodz|cafe|łódź");
  assert.equal(search.found("a/d1.html", "berlin|a b", "q=x&genre=letter"), "a/d1.html?hl=berlin%7Ca+b&back=q%3Dx%26genre%3Dletter");
});

test("only what is to be found is marked", () => {
  const words = (typed) => search.marksOf(parse(typed).terms);
  assert.equal(words('berlin -wall "Atomic Énergie" yugosl*'), "berlin|atomic energie|yugosl*");
  assert.equal(words("-wall"), "");
  assert.deepEqual(parse("notes:(a b)").terms.map((term) => term.column), ["notes", "notes"]);
});

test("very long and very deep queries are cut, and say so", () => {
  const kinds = (typed) => parse(typed).notices.map((notice) => notice.kind);
  assert.deepEqual(kinds("word ".repeat(30)), []);
  assert.deepEqual(kinds("ab ".repeat(60)), ["many"]);
  assert.deepEqual(kinds("word ".repeat(5000)), ["long", "many"]);
  const deep = `${"(".repeat(400)}a${")".repeat(400)} b`;
  assert.equal(parse(deep).match, '("a" AND "b")');
  assert.deepEqual(kinds(deep), ["deep"]);
});

const day = (text) => (text ? Math.round(Date.parse(text) / 86400000) : null);

const DATES = [
  ["1961", "1961-01-01", "1961-12-31"],
  ["Feb 1963", "1963-02-01", "1963-02-28"],
  ["february 1964", "1964-02-01", "1964-02-29"],
  ["Sept. 1963", "1963-09-01", "1963-09-30"],
  ["14 February 1961", "1961-02-14", "1961-02-14"],
  ["14th of February, 1961", "1961-02-14", "1961-02-14"],
  ["February 14, 1961", "1961-02-14", "1961-02-14"],
  ["1961-02-14", "1961-02-14", "1961-02-14"],
  ["14.2.1961", "1961-02-14", "1961-02-14"],
  ["2/14/1961", "1961-02-14", "1961-02-14"],
  ["14/2/1961", "1961-02-14", "1961-02-14"],
  ["1961–63", "1961-01-01", "1963-12-31"],
  ["1961-1963", "1961-01-01", "1963-12-31"],
  ["1961-02", "1961-02-01", "1961-02-28"],
  ["1961/1963", "1961-01-01", "1963-12-31"],
  ["1961-02/1961-05", "1961-02-01", "1961-05-31"],
  ["Feb–May 1963", "1963-02-01", "1963-05-31"],
  ["3–14 May 1963", "1963-05-03", "1963-05-14"],
  ["3 Feb 1961 - 4 May 1963", "1961-02-03", "1963-05-04"],
  ["between 1961 and 1963", "1961-01-01", "1963-12-31"],
  ["from 1961 to 1963", "1961-01-01", "1963-12-31"],
  ["1963–1961", "1961-01-01", "1963-12-31"],
  ["1961-", "1961-01-01", null],
  ["before May 1962", null, "1962-04-30"],
  ["until 1962", null, "1962-12-31"],
  ["after 1962", "1963-01-01", null],
  ["since 1962", "1962-01-01", null],
  ["1960s", "1960-01-01", "1969-12-31"],
  ["812", "0812-01-01", "0812-12-31"],
  ["c. 1961", "1961-01-01", "1961-12-31"],
  ["c.1961", "1961-01-01", "1961-12-31"],
  ["ca. May 1961", "1961-05-01", "1961-05-31"],
  ["circa 1961", "1961-01-01", "1961-12-31"],
  ["about 1961–63", "1961-01-01", "1963-12-31"],
  ["spring 1963", "1963-03-01", "1963-05-31"],
  ["Fall, 1963", "1963-09-01", "1963-11-30"],
  ["winter 1963", "1963-12-01", "1964-02-29"],
  ["spring 1961 to autumn 1962", "1961-03-01", "1962-11-30"],
  ["February 14-16, 1961", "1961-02-14", "1961-02-16"],
  ["Feb. 14–16 1961", "1961-02-14", "1961-02-16"],
  ["14–16 February 1961", "1961-02-14", "1961-02-16"],
];

test("dates", () => {
  for (const [typed, from, to] of DATES) {
    assert.deepEqual(search.readDates(typed, { lang: "en" }), { from: day(from), to: day(to) }, typed);
  }
  assert.deepEqual(search.readDates("Mai 1961", { lang: "de" }), { from: day("1961-05-01"), to: day("1961-05-31") });
  assert.deepEqual(search.readDates("3 mars 1961", { lang: "fr" }), { from: day("1961-03-03"), to: day("1961-03-03") });
  assert.deepEqual(search.readDates("undated"), { undated: true });
  assert.deepEqual(search.readDates("ohne Datum", { words: { undated: "undatiert, ohne Datum" } }), { undated: true });
  assert.deepEqual(search.readDates("Frühjahr 1961", { words: { spring: "Frühjahr, Frühling" } }), { from: day("1961-03-01"), to: day("1961-05-31") });
  assert.deepEqual(search.readDates("um 1961", { words: { circa: "um" } }), { from: day("1961-01-01"), to: day("1961-12-31") });
  assert.deepEqual(search.readDates(" "), {});
  for (const typed of ["yesterday", "31 Feb 1961", "1961-13", "29 Feb 1961", "0", "99999", "May", "1961 1962 1963", "February 16-14, 1961", "February 14-30, 1961", "spring", "c."]) {
    assert.equal(search.readDates(typed, { lang: "en" }), null, typed);
  }
});

/** What is typed in editions of other languages, with the words that the theme has for them. */
const FOREIGN_DATES = {
  de: [
    ["vor März 1901", null, "1901-02-28"],
    ["vor dem 3. März 1901", null, "1901-03-02"],
    ["nach 1901", "1902-01-01", null],
    ["seit 1901", "1901-01-01", null],
    ["seit dem 3. März 1901", "1901-03-03", null],
    ["ab Mai 1901", "1901-05-01", null],
    ["bis 1901", null, "1901-12-31"],
    ["bis zum 3. März 1901", null, "1901-03-03"],
    ["zwischen 1901 und 1903", "1901-01-01", "1903-12-31"],
    ["von März bis Mai 1901", "1901-03-01", "1901-05-31"],
    ["vom 3. bis 5. März 1901", "1901-03-03", "1901-03-05"],
    ["1901 bis 1903", "1901-01-01", "1903-12-31"],
    ["seit 1901 bis Mai 1903", "1901-01-01", "1903-05-31"],
    ["im Frühjahr 1901", "1901-03-01", "1901-05-31"],
    ["before March 1901", null, "1901-02-28"],
    ["between 1901 and 1903", "1901-01-01", "1903-12-31"],
    ["until 1901", null, "1901-12-31"],
    ["04/03/1901", "1901-03-04", "1901-03-04"],
    ["3/14/1901", "1901-03-14", "1901-03-14"],
  ],
  fr: [
    ["avant mars 1901", null, "1901-02-28"],
    ["avant le 3 mars 1901", null, "1901-03-02"],
    ["après 1901", "1902-01-01", null],
    ["depuis 1901", "1901-01-01", null],
    ["depuis le 1er mars 1901", "1901-03-01", null],
    ["à partir d’avril 1901", "1901-04-01", null],
    ["jusqu’à mars 1901", null, "1901-03-31"],
    ["jusqu'en 1902", null, "1902-12-31"],
    ["jusqu’au 1er juillet 1902", null, "1902-07-01"],
    ["entre 1901 et 1903", "1901-01-01", "1903-12-31"],
    ["entre le 3 mars 1901 et le 5 avril 1901", "1901-03-03", "1901-04-05"],
    ["de 1901 à 1903", "1901-01-01", "1903-12-31"],
    ["de mars à mai 1901", "1901-03-01", "1901-05-31"],
    ["d’avril 1901 à mai 1902", "1901-04-01", "1902-05-31"],
    ["du 3 au 5 mars 1901", "1901-03-03", "1901-03-05"],
    ["depuis 1901 jusqu’en 1903", "1901-01-01", "1903-12-31"],
    ["1er mars 1901", "1901-03-01", "1901-03-01"],
    ["1er juillet 1902", "1902-07-01", "1902-07-01"],
    ["l’été 1901", "1901-06-01", "1901-08-31"],
    ["after 1901", "1902-01-01", null],
    ["04/03/1901", "1901-03-04", "1901-03-04"],
  ],
  "en-GB": [["04/03/1901", "1901-03-04", "1901-03-04"]],
  en: [
    ["04/03/1901", "1901-04-03", "1901-04-03"],
    ["from 1901 to 1903", "1901-01-01", "1903-12-31"],
    ["since the 3rd of March 1901", "1901-03-03", null],
  ],
};

test("dates in the language of the edition", async () => {
  for (const [lang, dates] of Object.entries(FOREIGN_DATES)) {
    const words = await dateWords(lang.slice(0, 2));
    for (const [typed, from, to] of dates) {
      assert.deepEqual(search.readDates(typed, { lang, words }), { from: day(from), to: day(to) }, typed);
    }
  }
});

/** The words for dates among those of the theme. */
async function dateWords(lang) {
  const yaml = await readFile(new URL(`../../themes/default/words/${lang}.yaml`, import.meta.url), "utf8");
  const [, part] = /^  date_words:\n((?: {4}.*\n)+)/m.exec(yaml);
  return Object.fromEntries([...part.matchAll(/^ {4}(\w+): "?(.*?)"?$/gm)].map(([, kind, words]) => [kind, words]));
}

test("two fields of dates are one range", () => {
  const range = (from, to) => search.readRange(from, to, { lang: "en" });
  assert.deepEqual(range("1961", ""), { from: day("1961-01-01"), to: day("1961-12-31") });
  assert.deepEqual(range("1961", "1963"), { from: day("1961-01-01"), to: day("1963-12-31") });
  assert.deepEqual(range("Feb 1961", "Mar 1961"), { from: day("1961-02-01"), to: day("1961-03-31") });
  assert.deepEqual(range("", "1963"), { from: null, to: day("1963-12-31") });
  assert.deepEqual(range("since 1962", ""), { from: day("1962-01-01"), to: null });
  assert.deepEqual(range("1963", "1961"), { from: day("1961-01-01"), to: day("1963-12-31") });
  assert.deepEqual(range("undated", ""), { undated: true });
  assert.deepEqual(range("", ""), {});
  assert.deepEqual(range("soon", ""), { wrong: "soon" });
});

test("an address says the whole search and is read again", () => {
  const address = "?q=a+%22b+c%22&genre=letter&genre=telegram&volume=A+%26+B&from=1961&to=1963&sort=date&p=3";
  const read = (address) => search.readAddress(address, ["genre", "volume"]);
  const state = read(address);
  assert.equal(search.writeAddress(state), address);
  assert.deepEqual([...state.facets.get("genre")], ["letter", "telegram"]);
  assert.deepEqual(read("?p=-1&sort=size").page, 1);
  assert.equal(search.writeAddress(read("")), "?");
  // What others add on the way is neither asked for nor kept.
  assert.equal(read("?utm_source=x&fbclid=y").facets.size, 0);
  assert.equal(search.writeAddress(read("?q=a&utm_source=x&genre=letter")), "?q=a&genre=letter");
});

/** Five documents with three facets. */
function columns(more = {}) {
  const manifest = { documents: 5, facets: [{ id: "volume" }, { id: "genre" }, { id: "person" }] };
  const base = {
    day: [day("1961-03-01"), day("1960-01-01"), null, null, day("1961-06-01")],
    to: [day("1961-03-01"), day("1962-12-31"), null, day("1960-05-01"), null],
    undated: [],
    volume: [0, 0, 1, 1, 1],
    genre: [0, 1, null, 0, 1],
    person: [[0, 1], [1], [], [0], []],
    names: { volume: ["A", "B"], genre: ["letter", "telegram"], person: ["X", "Y"] },
  };
  return new search.Columns(manifest, { ...base, ...more }, { undated: "No date" });
}

test("counts react to each other", () => {
  const all = [0, 1, 2, 3, 4];
  const counts = (found, id) => [...found.counts.get(id)];
  const free = columns().narrow(all, new Map(), null);
  assert.deepEqual([counts(free, "volume"), counts(free, "genre"), counts(free, "person")], [[2, 3], [2, 2], [2, 2]]);
  const letters = columns().narrow(all, new Map([["genre", new Set([0])]]), null);
  assert.deepEqual(letters.documents, [0, 3]);
  assert.deepEqual([counts(letters, "volume"), counts(letters, "genre"), counts(letters, "person")], [[1, 1], [2, 2], [2, 1]]);
  const both = columns().narrow(all, new Map([["genre", new Set([0])], ["volume", new Set([1])]]), null);
  assert.deepEqual(both.documents, [3]);
  assert.deepEqual([counts(both, "volume"), counts(both, "genre")], [[1, 1], [1, 1]]);
  // A name that is no longer there fits nothing, and the others are counted as if it were chosen.
  assert.deepEqual(columns().narrow(all, new Map([["genre", new Set([-1])]]), null).documents, []);
});

test("dates narrow what may have been written then", () => {
  const within = (from, to) => columns().narrow([0, 1, 2, 3, 4], new Map(), { from: day(from), to: day(to) }).documents;
  assert.deepEqual(within("1961-01-01", "1961-12-31"), [0, 1, 4]);
  assert.deepEqual(within("1960-01-01", "1960-12-31"), [1, 3]);
  assert.deepEqual(within(null, "1959-12-31"), [3]);
  assert.deepEqual(within("1963-01-01", null), [4]);
  // Without a date is not undated: a section has none.
  assert.deepEqual(columns().narrow([0, 1, 2], new Map(), { undated: true }).documents, []);
  assert.deepEqual(columns({ undated: [2] }).narrow([0, 1, 2], new Map(), { undated: true }).documents, [2]);
  const years = columns().facets.get("year");
  assert.deepEqual(years.names, ["1960", "1961", "1962", "No date"]);
  assert.deepEqual(years.values[1], [0, 1, 2]);
});

test("a result of another language than the page says so", () => {
  const many = columns({ language: [0, 1, 0, 2, 0], names: { language: ["en", "he-IL", "de"] } });
  assert.deepEqual([0, 1, 3].map((document) => many.tongue(document, "en")), [{}, { lang: "he-IL", dir: "rtl" }, { lang: "de", dir: "ltr" }]);
  assert.deepEqual(columns().tongue(0, "en"), {});
});

test("orders", () => {
  const scores = new Map([[0, 1], [1, 3], [2, 1], [3, 2], [4, 0]]);
  const sorted = (order) => columns().sort([4, 2, 0, 1, 3], order, scores);
  assert.deepEqual(sorted("relevance"), [1, 3, 0, 2, 4]);
  assert.deepEqual(sorted("edition"), [0, 1, 2, 3, 4]);
  assert.deepEqual(sorted("date"), [1, 3, 0, 4, 2]);
});

test("results to take away", () => {
  globalThis.location = { href: "https://example.org/edition/search.html", protocol: "https:" };
  const titles = [["a/d1.html", "1", "Letter, with \"marks\"", "March 1, 1961", 0], ["b/d2.html", null, "=SUM(1)", null, null]];
  const names = { number: "No", title: "Title", date: "Date", first: "First", last: "Last", volume: "Volume", address: "Address", facets: { genre: "Genre", person: "Persons" } };
  const table = search.table([0, 2], titles, columns(), names);
  assert.equal(table, '\ufeffNo,Title,Date,First,Last,Volume,Genre,Persons,Address\r\n1,"Letter, with ""marks""","March 1, 1961",1961-03-01,1961-03-01,A,letter,"X; Y",https://example.org/edition/a/d1.html\r\n,\'=SUM(1),,,,,,,https://example.org/edition/b/d2.html\r\n');
  const list = search.citations(titles, columns(), "{number}. {title}. {date}. {volume}. {address}");
  assert.equal(list, '1. Letter, with "marks". March 1, 1961. A. https://example.org/edition/a/d1.html\n\n=SUM(1). https://example.org/edition/b/d2.html\n');
});

/** An engine with a table of the form that indexes have. It is made in memory, so the file beside it is empty. */
async function smallIndex(text = "the wall", tokenizer = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'") {
  const wasm = await readFile(new URL("../../vendor/sqlite-wasm/sqlite3.wasm", import.meta.url));
  const index = await search.sqlite(wasm, { size: 0, page: 1024, at: () => null });
  const columns = "title, text, notes, source";
  for (const statement of [
    "PRAGMA temp_store = 2",
    `CREATE VIRTUAL TABLE temp.documents USING fts5(${columns}, content='', tokenize='${tokenizer.replaceAll("'", "''")}')`,
    `INSERT INTO documents (rowid, ${columns}) VALUES (1, 'berlin', '${text}', 'a note', 'top secret')`,
  ]) {
    assert.equal(index.step(statement, [], () => {}), -1);
  }
  return index;
}

test("nothing that is typed is an error", async () => {
  const index = await smallIndex();
  const run = (match) => index.step("SELECT rowid, bm25(documents) FROM documents WHERE documents MATCH ?1", [match], () => {});
  assert.throws(() => run('"open'), "the engine tells of errors");
  assert.equal(run('"berlin"'), -1);
  const random = generator(1963);
  const parts = ["berlin", "OR", "AND", "NOT", "NEAR", "near/5", "near/0", "near/999999", '"', "“", "”", "(", ")", "-", "−", "*", "title:", "notes:", "x:", ":", " ", " ", " ", "漢字", "é", "e\u0301", "\ud800", "\u0000", "\ue000", "{", "}", "^", "+", "'", "\\", ";", "--", "🙂", "1961", "U.S.", "a*", "abc*", "\n", "%", "null"];
  let found = 0;
  for (let round = 0; round < 1000; round += 1) {
    let typed = "";
    const length = 1 + random(14);
    for (let at = 0; at < length; at += 1) {
      typed += random(4) === 0 ? String.fromCodePoint(random(0x2fff)) : parts[random(parts.length)];
    }
    const query = parse(typed);
    const answer = query.match || query.exclude;
    if (answer) assert.equal(run(answer), -1, `${JSON.stringify(typed)}: ${answer}`);
    else assert.ok(!typed.replace(/[\s\p{Cc}\p{Co}\p{Cs}]/gu, "") || query.notices.length > 0, JSON.stringify(typed));
    query.terms.forEach((term) => assert.equal(run(search.termExpression(term)), -1));
    assert.doesNotThrow(() => search.readRange(typed, typed, { lang: "en" }));
    found += answer ? 1 : 0;
  }
  assert.ok(found > 500, `${found} of 1,000 had words`);
});

/** Numbers by chance, the same in every run. */
function generator(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
