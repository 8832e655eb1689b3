// The search of kb in the page: the same words, stems, grammar, glossary and ranking as the package kb.search, function by
// function. Word lists and constants come from there with the index (data/search-tables.js), so that they are kept in one place.
"use strict";

/**
 * @typedef {object} Passage
 * @property {string} key address: document#eId
 * @property {string} document
 * @property {string} href page and fragment
 * @property {string} text
 * @property {string[]} headings
 * @property {string} label
 * @property {string[]} tags field=value
 * @property {number} section number of the first passage of its section
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {string} name
 * @property {string} title
 * @property {string} kind
 * @property {string} fidelity
 * @property {string} date
 *
 * @typedef {object} Tables
 * @property {string[]} stopWords
 * @property {string[]} askingWords
 * @property {Record<string, number>} constants
 * @property {Card[]} documents
 * @property {{zh: string, english: string[], stems: string[], keys: string[], unsearched?: string[]}[]} renderings
 * @property {{words: string[], legal: [string, string][]}[]} everyday
 * @property {Record<string, string[]>} han
 * @property {string} particles
 * @property {Record<string, Record<string, string>>} names
 * @property {string[]} fields
 * @property {string[]} dates
 * @property {number} shards
 *
 * @typedef {Map<number, number>} Scores
 *
 * @typedef {object} QueryNode
 * @property {"word" | "phrase" | "prefix" | "fuzzy" | "han" | "field" | "dates" | "all" | "any"} is
 * @property {string} [text]
 * @property {string} [name]
 * @property {string[]} [values]
 * @property {string} [since]
 * @property {string} [until]
 * @property {Clause[]} [clauses]
 * @property {QueryNode[]} [options]
 *
 * @typedef {object} Clause
 * @property {QueryNode} node
 * @property {"should" | "must" | "not"} role
 *
 * @typedef {object} Part
 * @property {number} weight
 * @property {Scores} scores
 * @property {string} what
 * @property {string[]} [words]
 * @property {string[]} [phrase]
 * @property {string} [han]
 * @property {string} [of]
 *
 * @typedef {object} Found
 * @property {Scores} scores
 * @property {Set<number>} whole
 * @property {boolean} text
 */

var kbSearch = (() => {
  // ---------------------------------------------------------------- words (kb.search.words)

  const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
  const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;

  /** @param {string} text @returns {[number, string][]} */
  const hanRuns = (text) => [...text.matchAll(HAN)].map((m) => [m.index ?? 0, m[0]]);
  /** @param {string} text */
  const isHan = (text) => hanRuns(text).length === 1 && hanRuns(text)[0][1] === text;
  /** @param {string} text */
  const withoutHan = (text) => text.replace(HAN, (run) => " ".repeat(run.length));
  /** @param {string} text @returns {string[]} */
  const words = (text) => withoutHan(text).toLowerCase().replaceAll("’", "'").match(WORD) ?? [];
  /** @param {string} text */
  const isWord = (text) => (text.match(WORD) ?? [])[0] === text;
  /** @param {string} word */
  const bare = (word) => (word.endsWith("'s") ? word.slice(0, -2) : word.replaceAll("'", ""));

  // ---------------------------------------------------------------- stems (kb.search.porter)

  const STEP_2 = [
    ["ational", "ate"], ["ization", "ize"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["tional", "tion"],
    ["biliti", "ble"], ["entli", "ent"], ["ousli", "ous"], ["ation", "ate"], ["alism", "al"], ["aliti", "al"], ["iviti", "ive"],
    ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["abli", "able"], ["alli", "al"], ["ator", "ate"], ["eli", "e"],
  ];
  const STEP_3 = [["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ness", ""], ["ful", ""]];
  const STEP_4 = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
  ];

  /** v for each vowel, c for each consonant; y is a vowel after a consonant. @param {string} word */
  const shape = (word) => {
    let out = "";
    for (let i = 0; i < word.length; i += 1) {
      const letter = word[i];
      out += "aeiou".includes(letter) || (letter === "y" && i > 0 && out[i - 1] === "c") ? "v" : "c";
    }
    return out;
  };
  /** @param {string} part */
  const measure = (part) => shape(part).split("vc").length - 1;
  /** @param {string} part */
  const hasVowel = (part) => shape(part).includes("v");
  /** @param {string} part */
  const endsDouble = (part) => part.length > 1 && part.at(-1) === part.at(-2) && shape(part).at(-1) === "c";
  /** @param {string} part */
  const endsCvc = (part) => shape(part).endsWith("cvc") && !"wxy".includes(part.at(-1) ?? "");
  /** @param {string} part */
  const mend = (part) => {
    if (part.endsWith("at") || part.endsWith("bl") || part.endsWith("iz")) return `${part}e`;
    if (endsDouble(part) && !"lsz".includes(part.at(-1) ?? "")) return part.slice(0, -1);
    return measure(part) === 1 && endsCvc(part) ? `${part}e` : part;
  };
  /** @param {string} word @param {string[][]} rules */
  const replaceEnding = (word, rules) => {
    for (const [ending, instead] of rules) {
      if (word.endsWith(ending)) {
        const part = word.slice(0, word.length - ending.length);
        return measure(part) > 0 ? part + instead : word;
      }
    }
    return word;
  };
  /** @type {((word: string) => string)[]} */
  const STEPS = [
    (word) => {
      if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
      return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
    },
    (word) => {
      if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
      for (const ending of ["ed", "ing"]) {
        if (word.endsWith(ending)) {
          const part = word.slice(0, word.length - ending.length);
          return hasVowel(part) ? mend(part) : word;
        }
      }
      return word;
    },
    (word) => (word.length > 2 && word.endsWith("y") && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word),
    (word) => replaceEnding(word, STEP_2),
    (word) => replaceEnding(word, STEP_3),
    (word) => {
      for (const ending of STEP_4) {
        if (word.endsWith(ending)) {
          const part = word.slice(0, word.length - ending.length);
          return measure(part) > 1 && (ending !== "ion" || part.endsWith("s") || part.endsWith("t")) ? part : word;
        }
      }
      return word;
    },
    (word) => {
      let cut = word;
      if (word.endsWith("e")) {
        const part = word.slice(0, -1);
        const m = measure(part);
        if (m > 1 || (m === 1 && !endsCvc(part))) cut = part;
      }
      return cut.endsWith("ll") && measure(cut) > 1 ? cut.slice(0, -1) : cut;
    },
  ];

  /** A word without the endings of number and tense, so that informant is not information. @param {string} word */
  const inflection = (word) => (/^[a-z]{3,}$/.test(word) ? STEPS.slice(0, 3).reduce((done, step) => step(done), word) : word);

  /** A word without the ending of number alone: reports is report, reporting is not. @param {string} word */
  const singular = (word) => (/^[a-z]{3,}$/.test(word) ? STEPS[2](STEPS[0](word)) : word);

  /** @param {string} word */
  const stem = (word) => {
    if (word.length <= 2 || !/^[a-z]+$/.test(word)) return word;
    const cut = STEPS.reduce((done, step) => step(done), word);
    return cut.length > 1 ? cut : word;
  };

  // ---------------------------------------------------------------- grammar (kb.search.grammar)

  /** A query that cannot be read: what is wrong, where, and what to write. */
  class QueryError extends Error {
    /** @param {string} message @param {number} at @param {string} [hint] */
    constructor(message, at, hint = "") {
      super(message);
      this.at = at;
      this.hint = hint;
    }
  }

  const MAX_LENGTH = 1000;
  const MAX_DEPTH = 20;
  const RUN = /[^\s"“”()]+/y;
  const FIELD = /([A-Za-z][A-Za-z_]*)(?::|：)/y;
  /** @type {Record<string, string>} */
  const QUOTES = { '"': '"', "“": "”", "”": "”" };

  /** @param {string} text @returns {QueryNode[]} */
  const textNodes = (text) => {
    /** @type {[number, QueryNode][]} */
    const found = hanRuns(text).map(([at, run]) => [at, { is: "han", text: run }]);
    for (const m of withoutHan(text).matchAll(WORD)) {
      found.push([m.index ?? 0, { is: "word", text: m[0].toLowerCase().replaceAll("’", "'") }]);
    }
    return found.sort((a, b) => a[0] - b[0]).map(([, node]) => node);
  };

  /** @param {Clause} clause @returns {Clause} */
  const required = (clause) => (clause.role === "should" ? { node: clause.node, role: "must" } : clause);

  class Parser {
    /** @param {string} text @param {Tables} tables */
    constructor(text, tables) {
      this.text = text;
      this.tables = tables;
      this.at = 0;
    }

    skip() {
      while (this.at < this.text.length && /\s/u.test(this.text[this.at])) this.at += 1;
      return this.text[this.at] ?? "";
    }

    /** @param {RegExp} pattern sticky @returns {RegExpExecArray | null} */
    match(pattern) {
      pattern.lastIndex = this.at;
      return pattern.exec(this.text);
    }

    /** @param {...string} names */
    keyword(...names) {
      const run = this.match(RUN);
      if (!run || !names.includes(run[0])) return "";
      this.at += run[0].length;
      return run[0];
    }

    /** @param {number} depth @returns {QueryNode} */
    alternatives(depth) {
      if (depth > MAX_DEPTH) throw new QueryError(`parentheses are nested more than ${MAX_DEPTH} deep`, this.at);
      const options = [this.clauses(depth)];
      while (this.skip()) {
        const at = this.at;
        const word = this.keyword("OR", "|");
        if (!word) break;
        if (!options.at(-1)?.clauses?.length) throw new QueryError(`nothing stands before ${word}`, at, `write a word before it`);
        options.push(this.clauses(depth));
        if (!options.at(-1)?.clauses?.length) throw new QueryError(`nothing stands after ${word}`, at, `write a word after it`);
      }
      return options.length === 1 ? options[0] : { is: "all", clauses: [{ node: { is: "any", options }, role: "must" }] };
    }

    /** @param {number} depth @returns {QueryNode} */
    clauses(depth) {
      /** @type {Clause[]} */
      const found = [];
      let joined = false;
      for (let sign = this.skip(); sign && sign !== ")"; sign = this.skip()) {
        const at = this.at;
        if (this.keyword("OR", "|")) {
          this.at = at;
          break;
        }
        const word = this.keyword("AND", "&&");
        if (word) {
          if (!found.length) throw new QueryError(`nothing stands before ${word}`, at, 'write a word before it, or "and" in quotes');
          found.push(required(/** @type {Clause} */ (found.pop())));
          joined = true;
          continue;
        }
        const added = this.clause(depth);
        if (joined && added.length) {
          added[0] = required(added[0]);
          joined = false;
        }
        found.push(...added);
      }
      if (joined) throw new QueryError("nothing stands after AND", Math.max(0, this.at - 1), 'write a word after it, or "and" in quotes');
      return { is: "all", clauses: found };
    }

    /** @param {number} depth @returns {Clause[]} */
    clause(depth) {
      const at = this.at;
      if (this.keyword("NOT")) {
        if (!this.skip() || this.text[this.at] === ")") throw new QueryError("nothing stands after NOT", at, 'write a word after it, or "not" in quotes');
        return this.negated(at, depth);
      }
      const sign = this.text[at];
      const after = this.text[at + 1] ?? "";
      if ("-+".includes(sign) && after && !/\s/u.test(after) && !"-+)".includes(after)) {
        this.at += 1;
        return sign === "-" ? this.negated(at, depth) : this.atom(depth).map(required);
      }
      return this.atom(depth);
    }

    /** @param {number} at @param {number} depth @returns {Clause[]} */
    negated(at, depth) {
      const inner = this.atom(depth);
      if (!inner.length) throw new QueryError("there is nothing to leave out here", at, "write a word, phrase or field right after it");
      if (inner.length === 1) return [{ node: inner[0].node, role: inner[0].role === "not" ? "must" : "not" }];
      return [{ node: { is: "all", clauses: inner.map(required) }, role: "not" }];
    }

    /** @param {number} depth @returns {Clause[]} */
    atom(depth) {
      const sign = this.text[this.at];
      if (sign === "(") return this.group(depth);
      if (sign in QUOTES) {
        const text = this.quoted();
        return textNodes(text).length ? [{ node: { is: "phrase", text }, role: "must" }] : [];
      }
      const run = this.match(RUN);
      if (!run) {
        this.at += 1;
        return [];
      }
      const name = this.match(FIELD);
      const field = name ? this.field(name, run) : null;
      if (field) return [field];
      this.at = run.index + run[0].length;
      return this.runNodes(run[0]).map((node) => ({ node, role: "should" }));
    }

    /** @param {number} depth @returns {Clause[]} */
    group(depth) {
      const opened = this.at;
      this.at += 1;
      const inner = this.alternatives(depth + 1);
      if (this.text[this.at] !== ")") throw new QueryError("this ( is never closed", opened, "add a ) or remove the (");
      this.at += 1;
      return inner.clauses ?? [];
    }

    quoted() {
      const opened = this.at;
      let closing = this.text.indexOf(QUOTES[this.text[opened]], opened + 1);
      if (closing < 0) {
        const other = this.text.slice(opened + 1).search(/["“”]/u);
        closing = other < 0 ? -1 : opened + 1 + other;
      }
      if (closing < 0) throw new QueryError("this quotation mark is never closed", opened, "add a closing one, or remove it");
      this.at = closing + 1;
      return this.text.slice(opened + 1, closing);
    }

    /** @param {string} run @returns {QueryNode[]} */
    runNodes(run) {
      if (run.startsWith("~") && isWord(withoutHan(run.slice(1)))) return [{ is: "fuzzy", text: run.slice(1).toLowerCase() }];
      if (run.endsWith("*") && isWord(withoutHan(run.slice(0, -1)))) {
        if (run.length < 3) throw new QueryError("a prefix needs two letters at least", this.at - run.length, "write more of the word before *");
        return [{ is: "prefix", text: run.slice(0, -1).toLowerCase() }];
      }
      return textNodes(run);
    }

    /** @param {RegExpExecArray} name @param {RegExpExecArray} run @returns {Clause | null} */
    field(name, run) {
      const at = this.at;
      const key = name[1].toLowerCase();
      const valueAt = name.index + name[0].length;
      const runEnd = run.index + run[0].length;
      const quoted = (this.text[valueAt] ?? " ") in QUOTES;
      const empty = !quoted && valueAt >= runEnd;
      const { fields, dates } = this.tables;
      if (!fields.includes(key) && !dates.includes(key)) {
        if (empty || this.text.startsWith("//", valueAt)) return null;
        throw new QueryError(`there is no field ${key}:`, at, `fields: ${[...fields, ...dates].sort().join(", ")}`);
      }
      if (empty) throw new QueryError(`${key}: has no value`, at, "write the value right after the colon");
      let raw = this.text.slice(valueAt, runEnd);
      this.at = quoted ? valueAt : runEnd;
      if (quoted) raw = this.quoted();
      return { node: dates.includes(key) ? this.dates(key, raw, valueAt) : this.values(key, raw, valueAt), role: "must" };
    }

    /** @param {string} name @param {string} raw @param {number} at @returns {QueryNode} */
    values(name, raw, at) {
      const values = raw.split(",").map((part) => part.trim().split(/\s+/u).join(" ").toLowerCase()).filter(Boolean);
      if (!values.length) throw new QueryError(`${name}: has no value`, at);
      return { is: "field", name, values };
    }

    /** @param {string} name @param {string} raw @param {number} at @returns {QueryNode} */
    dates(name, raw, at) {
      const dots = raw.indexOf("..");
      const from = dots < 0 ? raw : raw.slice(0, dots);
      const to = dots < 0 ? raw : raw.slice(dots + 2);
      const since = from ? this.day(from, at, false) : "";
      const until = to ? this.day(to, at, true) : "";
      if (!since && !until) throw new QueryError(`${name}: has no date`, at, `write ${name}:2017, ${name}:..2017-12 or ${name}:2016..2018`);
      if (since && until && since > until) throw new QueryError(`${name}: ends before it begins`, at, `write ${name}:${to}..${from}`);
      return { is: "dates", name, since, until };
    }

    /** @param {string} raw @param {number} at @param {boolean} last */
    day(raw, at, last) {
      const wrong = new QueryError(`'${raw}' is no date`, at, "write a year, a month or a day: 2017, 2017-12, 2017-12-31");
      const found = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(raw);
      if (!found) throw wrong;
      const year = Number(found[1]);
      const month = found[2] ? Number(found[2]) : last ? 12 : 1;
      if (month < 1 || month > 12 || year < 1) throw wrong;
      const days = month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
      const day = found[3] ? Number(found[3]) : last ? days : 1;
      if (day < 1 || day > days) throw wrong;
      return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    }
  }

  /** @param {string} text @param {Tables} tables @returns {QueryNode} */
  const parseQuery = (text, tables) => {
    if (text.length > MAX_LENGTH) throw new QueryError(`the query has ${text.length} characters; ${MAX_LENGTH} are the most`, MAX_LENGTH, "shorten it");
    const parser = new Parser(text, tables);
    const tree = parser.alternatives(0);
    if (parser.at < text.length) throw new QueryError("this ) closes nothing", parser.at, 'remove it, or put the text in "quotes"');
    return tree;
  };

  // ---------------------------------------------------------------- helpers of ranking

  /** @param {Scores} total @param {Scores} more */
  const add = (total, more) => {
    for (const [n, score] of more) total.set(n, (total.get(n) ?? 0) + score);
  };

  /** A new total of both. @param {Scores} scores @param {Scores} more */
  const added = (scores, more) => {
    const total = new Map(scores);
    add(total, more);
    return total;
  };

  /** The numbers of the best scores, and of all that are as good as the last of them. @param {Scores} scores @param {number} count */
  const best = (scores, count) => {
    if (scores.size <= count) return [...scores.keys()];
    const least = [...scores.values()].sort((a, b) => b - a)[count - 1];
    return [...scores.keys()].filter((n) => (scores.get(n) ?? 0) >= least);
  };

  /** Whether at most `most` letters must be added, dropped, changed or exchanged. @param {string} a @param {string} b @param {number} most */
  const isNear = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return false;
    /** @type {number[]} */
    let earlier = [];
    /** @type {number[]} */
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      [earlier, before, row] = [before, row, [i]];
      for (let j = 1; j <= b.length; j += 1) {
        let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + Number(a[i - 1] !== b[j - 1]));
        if (earlier.length && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, earlier[j - 2] + 1);
        row.push(cost);
      }
      if (Math.min(...row) > most) return false;
    }
    return row[row.length - 1] <= most;
  };

  /** Whether two stems look like one family: notifi and notif, fail and failur. @param {Tables["constants"]} c @param {string} a @param {string} b */
  const isKin = (c, a, b) => {
    const size = Math.min(a.length, b.length, c.KIN_MOST);
    return size >= c.KIN_LEAST && a.slice(0, size) === b.slice(0, size);
  };

  /** Whether two stems look like forms of one word: rectifi and rectif. @param {Tables["constants"]} c @param {string} a @param {string} b */
  const isForm = (c, a, b) => {
    const size = Math.min(a.length, b.length) - 1;
    return size >= c.KIN_MOST - 1 && /^\p{L}+$/u.test(a) && a.slice(0, size) === b.slice(0, size) && isKin(c, a, b) && Math.abs(a.length - b.length) <= c.FORM;
  };

  // ---------------------------------------------------------------- index

  /** An inverted index that is filled shard by shard. */
  class Index {
    /** @param {Tables} tables */
    constructor(tables) {
      this.tables = tables;
      this.c = tables.constants;
      this.stop = new Set(tables.stopWords);
      this.asking = new Set(tables.askingWords);
      this.cards = new Map(tables.documents.map((card) => [card.id, card]));
      /** @type {Passage[]} */
      this.passages = [];
      /** @type {Record<"text" | "head", Map<string, Scores>>} */
      this.fields = { text: new Map(), head: new Map() };
      /** @type {Record<"text" | "head", number[]>} */
      this.lengths = { text: [], head: [] };
      /** @type {Map<string, number[]>} */
      this.tags = new Map();
      /** @type {Map<string, string | null>} */
      this.stems = new Map(tables.stopWords.map((word) => [word, null]));
      /** @type {Map<string, number>} */
      this.sections = new Map();
      /** @type {Map<string, number> | null} */
      this.words = null;
      /** @type {Map<number, string[]>} */
      this.loose = new Map();
      /** @type {Map<string, Tables["renderings"]>} */
      this.rows = new Map();
      /** @type {Map<string, [string, string][]>} */
      this.everyday = new Map();
      /** @type {Map<string, string[]>} */
      this.chinese = new Map(Object.entries(tables.han));
      this.readGlossary();
    }

    readGlossary() {
      for (const row of [...this.tables.renderings].reverse()) this.chinese.set(hanRuns(row.zh).map(([, run]) => run).join(""), row.english);
      for (const row of this.tables.renderings) {
        for (const key of new Set([...(row.keys ?? []), ...(row.unsearched ?? [])])) this.rows.set(key, [...(this.rows.get(key) ?? []), row]);
      }
      for (const row of this.tables.everyday) {
        for (const name of row.words) this.everyday.set(name, [...(this.everyday.get(name) ?? []), ...row.legal]);
      }
      this.longest = Math.max(0, ...[...this.rows.keys(), ...this.everyday.keys()].map((name) => name.split(" ").length));
      this.longestZh = Math.max(0, ...[...this.chinese.keys()].map((zh) => zh.length));
    }

    /** Stem of a lower-case word, null for a stop word. @param {string} word @returns {string | null} */
    stemOf(word) {
      let found = this.stems.get(word);
      if (found === undefined) {
        found = stem(bare(word));
        this.stems.set(word, found);
      }
      return found;
    }

    /** @param {string[]} sequence */
    looseStems(sequence) {
      return sequence.map((w) => (this.stop.has(w) ? `-${w}` : this.stemOf(w) ?? ""));
    }

    /** Loose stems of a passage, kept. @param {number} n */
    looseOf(n) {
      let found = this.loose.get(n);
      if (!found) {
        found = this.looseStems(words(this.passages[n].text));
        this.loose.set(n, found);
      }
      return found;
    }

    /**
     * Takes in the passages of some documents, in their order.
     * @param {{id: string, name: string, tags: string[], passages: [string, string, string[], string, string, string[]][]}[]} documents
     *   passages: eId, page and fragment, headings below the document's name, label, text, tags of its own
     */
    add(documents) {
      for (const document of documents) {
        for (const [eid, href, headings, label, text, tags] of document.passages) {
          const number = this.passages.length;
          const path = eid ? [document.name, ...headings] : headings;
          const place = `${document.id}\n${path.join("\n")}`;
          if (!this.sections.has(place)) this.sections.set(place, number);
          const passage = {
            key: eid ? `${document.id}#${eid}` : document.id,
            document: document.id, href, text, headings: path, label,
            tags: [...document.tags, ...tags], section: this.sections.get(place) ?? number,
          };
          this.passages.push(passage);
          this.count("text", number, text);
          this.count("head", number, [...path, label].join("\n"));
          for (const tag of passage.tags) {
            const numbers = this.tags.get(tag);
            if (numbers) numbers.push(number);
            else this.tags.set(tag, [number]);
          }
        }
      }
    }

    /** @param {"text" | "head"} field @param {number} number @param {string} text */
    count(field, number, text) {
      const postings = this.fields[field];
      let length = 0;
      for (const word of words(text)) {
        const found = this.stemOf(word);
        if (found === null) continue;
        length += 1;
        let counts = postings.get(found);
        if (!counts) postings.set(found, (counts = new Map()));
        counts.set(number, (counts.get(number) ?? 0) + 1);
      }
      this.lengths[field].push(length);
    }

    get size() {
      return this.passages.length;
    }

    /** @param {"text" | "head"} field */
    mean(field) {
      return this.size ? this.lengths[field].reduce((a, b) => a + b, 0) / this.size : 0;
    }

    /** Every word of the passages, unstemmed, with the number of times it occurs. */
    surfaces() {
      if (!this.words) {
        this.words = new Map();
        for (const passage of this.passages) for (const word of words(passage.text)) this.words.set(word, (this.words.get(word) ?? 0) + 1);
      }
      return this.words;
    }

    /** @param {number} found */
    idf(found) {
      return Math.log(1 + (this.size - found + 0.5) / (found + 0.5)) ** this.c.IDF_POWER;
    }

    /** @param {"text" | "head"} field @param {Scores} counts @param {number} weight @returns {Scores} */
    termScores(field, counts, weight) {
      const mean = this.mean(field);
      if (!counts.size || !mean) return new Map();
      const { K1, B } = this.c;
      const top = weight * this.idf(counts.size) * (K1 + 1);
      const flat = K1 * (1 - B);
      const slope = (K1 * B) / mean;
      const lengths = this.lengths[field];
      return new Map([...counts].map(([n, c]) => [n, (top * c) / (c + flat + slope * lengths[n])]));
    }

    /** Other names of what the words name. @param {string[]} sequence */
    ofWords(sequence) {
      const stems = this.looseStems(sequence);
      /** @type {{text: string, of: string, weight: number, at: number, size: number}[]} */
      const found = [];
      let at = 0;
      while (at < stems.length) {
        let size = Math.min(this.longest ?? 0, stems.length - at);
        for (; size > 0; size -= 1) {
          const name = stems.slice(at, at + size).join(" ");
          const names = this.namesOf(sequence.slice(at, at + size), name);
          if (names.length) {
            /** @type {Map<string, [string, number]>} */
            const others = new Map();
            for (const [text, key, weight] of names) if (key !== name && !others.has(key)) others.set(key, [text, weight]);
            const of = sequence.slice(at, at + size).join(" ");
            for (const [text, weight] of [...others.values()].slice(0, this.c.MOST)) found.push({ text, of, weight, at, size });
            break;
          }
        }
        at += Math.max(size, 1);
      }
      return found;
    }

    /** What is searched also for these words, each with its stems and weight. @param {string[]} sequence @param {string} name @returns {[string, string, number][]} */
    namesOf(sequence, name) {
      const key = sequence.length === 1 ? `=${inflection(bare(sequence[0]))}` : name;
      let rows = this.rows.get(key) ?? [];
      if (rows.length > 1 && sequence.length > 1) {
        const plain = (/** @type {string[]} */ one) => one.map((word) => singular(bare(word))).join(" ");
        const named = rows.filter((row) => row.english.some((face) => plain(words(face)) === plain(sequence)));
        if (named.length) rows = named;
      }
      const { VARIANT, PREFERRED } = this.c;
      const squeezed = name.replaceAll(" ", "");
      /** @type {[string, string, number][]} */
      const found = [];
      for (const row of rows) {
        row.english.forEach((face, i) => {
          if ((row.keys ?? [])[i] !== key) found.push([face, row.stems[i], row.stems[i].replaceAll(" ", "") === squeezed ? PREFERRED : VARIANT]);
        });
        found.push([row.zh, row.zh, VARIANT]);
      }
      (this.everyday.get(name) ?? []).forEach(([text, key], i) => found.push([text, key, i ? VARIANT : PREFERRED]));
      return found;
    }

    /** The known words of a Chinese run and what stands between them, without the words that say nothing. @param {string} run */
    pieces(run) {
      /** @type {string[]} */
      const out = [];
      let rest = "";
      const keep = () => {
        if ([...rest].some((sign) => !this.chinese.has(sign))) out.push(rest);
        rest = "";
      };
      for (const piece of this.cut(run)) {
        if (this.chinese.get(piece)?.length) {
          keep();
          out.push(piece);
        } else if (this.chinese.has(piece) && ([...piece].length > 1 || this.tables.particles.includes(piece))) keep();
        else rest += piece;
      }
      keep();
      return out;
    }

    /** English names of a Chinese term. @param {string} term */
    ofHan(term) {
      return (this.chinese.get(term) ?? []).map((text, i) => ({ text, of: term, weight: i ? this.c.VARIANT : this.c.PREFERRED, at: 0, size: 0 }));
    }

    /** English names of a Chinese run: of the whole, or put together where known terms cover all of it. @param {string} run */
    ofWholeHan(run) {
      const found = this.ofHan(run);
      const parts = this.cut(run).map((piece) => this.chinese.get(piece));
      if (found.length || parts.some((part) => part === undefined)) return found;
      const names = parts.flatMap((part) => (part?.length ? [part] : []));
      let together = names.length ? [""] : [];
      for (const part of names) together = together.flatMap((start) => part.map((end) => `${start} ${end}`.trim())).slice(0, this.c.MOST);
      return together.map((text, i) => ({ text, of: run, weight: i ? this.c.VARIANT : this.c.PREFERRED, at: 0, size: 0 }));
    }

    /** The longest known words of a Chinese run from left to right, and each sign between them. @param {string} run */
    cut(run) {
      const signs = [...run];
      const out = [];
      for (let at = 0; at < signs.length; ) {
        let size = Math.min(this.longestZh ?? 0, signs.length - at);
        while (size > 1 && !this.chinese.has(signs.slice(at, at + size).join(""))) size -= 1;
        size = Math.max(size, 1);
        out.push(signs.slice(at, at + size).join(""));
        at += size;
      }
      return out;
    }

    /**
     * The answer to a query, best first. Throws QueryError.
     * @param {string} query @param {number} limit
     */
    search(query, limit = 10) {
      const tree = parseQuery(query, this.tables);
      const work = new Evaluation(this);
      const found = work.all(tree);
      const titles = new Set(this.tags.get("unit=title") ?? []);
      const scores = new Map([...found.scores].filter(([n]) => !titles.has(n) || found.whole.has(n)));
      const ranked = this.refine(scores, work.sequence, Math.max(limit, this.c.DEPTH)).slice(0, limit);
      const also = [...new Set(work.parts.filter((p) => p.of && p.scores.size).map((p) => p.what))];
      const hits = ranked.map(([n, score]) => {
        const passage = this.passages[n];
        return { passage, score, card: this.cards.get(passage.document), snippet: this.snippet(n, work.parts), whole: found.whole.has(n) };
      });
      return {
        hits, total: scores.size, whole: [...found.whole].filter((n) => scores.has(n)).length,
        also, notes: [...new Set(work.notes)], suggestions: this.suggest(work), numbers: scores,
      };
    }

    /** For each word that stands nowhere, the nearest word of the corpus. @param {Evaluation} work */
    suggest(work) {
      const missing = work.found.filter(([word, scores]) => !scores.size && /^[a-z]{4,}$/.test(word) && !work.named.has(word)).map(([word]) => word);
      const out = [];
      for (const word of missing) {
        const most = word.length >= 7 ? 2 : 1;
        const near = [...this.surfaces()].filter(([w]) => w[0] === word[0] && !work.sequence.includes(w) && this.stemOf(w) && isNear(word, w, most));
        near.sort((a, b) => Number(!isNear(word, a[0], 1)) - Number(!isNear(word, b[0], 1)) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        if (near.length) out.push(near[0][0]);
      }
      return [...new Set(out)];
    }

    /** The values of the names that hold something like every word, the nearest and shortest first. @param {string} wanted @param {[string, string][]} names */
    nearest(wanted, names) {
      const asked = words(wanted).filter((w) => !this.stop.has(w));
      const far = 3;
      const stemmed = (/** @type {string} */ w) => (this.stop.has(w) ? "" : this.stemOf(w) ?? "");
      const steps = (/** @type {string} */ word, /** @type {string} */ other) => {
        if (word === other) return 0;
        if (word.length < 4 || !/^\p{L}+$/u.test(word)) return far;
        if (isNear(word, other, 1) || isKin(this.c, stemmed(word), stemmed(other))) return 1;
        return word.length >= 7 && isNear(word, other, 2) ? 2 : far;
      };
      const ranked = names.map(([name, value]) => {
        const held = words(name);
        const each = asked.map((word) => Math.min(far, ...held.map((other) => steps(word, other))));
        return { each, sum: each.reduce((a, b) => a + b, 0), size: held.length, name, value };
      }).filter(({ each }) => each.length && Math.max(...each) < far);
      ranked.sort((a, b) => a.sum - b.sum || a.size - b.size || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      return [...new Set(ranked.map(({ value }) => value))];
    }

    /** Counts of values among the passages, by field. @param {Iterable<number>} numbers @param {string[]} fields */
    facets(numbers, fields) {
      const wanted = new Set(numbers);
      /** @type {[string, [string, number][]][]} */
      const out = [];
      for (const field of fields) {
        /** @type {Map<string, number>} */
        const counts = new Map();
        for (const [tag, held] of this.tags) {
          if (!tag.startsWith(`${field}=`)) continue;
          const count = held.filter((n) => wanted.has(n)).length;
          const value = field === "issued" ? tag.slice(field.length + 1, field.length + 5) : tag.slice(field.length + 1);
          if (count) counts.set(value, (counts.get(value) ?? 0) + count);
        }
        if (counts.size) out.push([field, [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))]);
      }
      return out;
    }

    /** @param {Scores} scores @param {string[]} sequence @param {number} count @returns {[number, number][]} */
    refine(scores, sequence, count) {
      const first = best(scores, this.c.DEPTH);
      /** @type {Scores} */
      const again = new Map(first.map((n) => [n, scores.get(n) ?? 0]));
      if (sequence.length) {
        const close = this.neighbours(sequence);
        const kindred = this.families(sequence);
        for (const n of first) again.set(n, (again.get(n) ?? 0) + close(n) + kindred(n));
      }
      /** @type {Scores} */
      const section = new Map();
      for (const [n, score] of again) {
        const place = this.passages[n].section;
        section.set(place, Math.max(section.get(place) ?? 0, score));
      }
      let ranked = this.sorted(new Map([...again].map(([n, s]) => [n, s + this.c.SECTION * (section.get(this.passages[n].section) ?? 0)])));
      if (count > ranked.length) {
        const rest = new Map([...scores].filter(([n]) => !again.has(n)));
        ranked = [...ranked, ...this.sorted(new Map(best(rest, count - ranked.length).map((n) => [n, rest.get(n) ?? 0])))];
      }
      return ranked.slice(0, count);
    }

    /** @param {Scores} scores @returns {[number, number][]} */
    sorted(scores) {
      const scale = 10 ** this.c.PLACES;
      /** @type {[number, number][]} */
      const rounded = [...scores].map(([n, s]) => [n, Math.round(s * scale) / scale]);
      return rounded.sort((a, b) => b[1] - a[1] || a[0] - b[0]); // passages are numbered by document and place
    }

    /** The bonus of neighbouring words. @param {string[]} sequence */
    neighbours(sequence) {
      const { K1, B, PAIR, LOOSE } = this.c;
      const isStop = (/** @type {string} */ s) => s.startsWith("-") && this.stop.has(s.slice(1));
      const pairsOf = (/** @type {string[]} */ stems) => stems.slice(1).map((s, i) => `${stems[i]} ${s}`);
      const stems = this.looseStems(sequence);
      const pairs = new Set(pairsOf(stems.filter((s) => !isStop(s))));
      const loose = new Set(stems.slice(1).map((s, i) => [stems[i], s]).filter(([a, b]) => !isStop(a) || !isStop(b)).map((p) => p.join(" ")));
      const mean = this.mean("text");
      const saturated = (/** @type {string[]} */ found, /** @type {number} */ norm) => {
        /** @type {Map<string, number>} */
        const counts = new Map();
        for (const pair of found) counts.set(pair, (counts.get(pair) ?? 0) + 1);
        return [...counts.values()].sort((a, b) => a - b).reduce((sum, c) => sum + ((K1 + 1) * c) / (c + norm), 0);
      };
      return (/** @type {number} */ n) => {
        const own = this.looseOf(n);
        const norm = mean ? K1 * (1 - B + (B * this.lengths.text[n]) / mean) : K1;
        const close = saturated(pairsOf(own.filter((s) => !isStop(s))).filter((p) => pairs.has(p)), norm);
        const side = saturated(pairsOf(own).filter((p) => loose.has(p)), norm);
        return Math.log(Math.max(this.size, 2)) * (PAIR * close + LOOSE * side);
      };
    }

    /** The bonus of words that are missing, where one of their family is there. @param {string[]} sequence */
    families(sequence) {
      const { KIN, KIN_LEAST } = this.c;
      /** @type {Map<string, number>} */
      const worths = new Map();
      for (const word of sequence) {
        const found = this.stop.has(word) ? null : this.stemOf(word);
        if (!found || found.length < KIN_LEAST || !/^\p{L}+$/u.test(found)) continue;
        const rarity = this.idf((this.fields.text.get(found) ?? new Map()).size);
        worths.set(found, Math.max(worths.get(found) ?? 0, (this.asking.has(word) ? this.c.ASKING : 1) * rarity));
      }
      return (/** @type {number} */ n) => {
        const own = new Set(this.looseOf(n));
        const missing = [...worths].filter(([one]) => !own.has(one) && [...own].some((s) => isKin(this.c, s, one)));
        return KIN * missing.reduce((sum, [, worth]) => sum + worth, 0);
      };
    }

    // ---------------------------------------------------------------- snippets (kb.search.snippets)

    /** The window of a passage that says most, in pieces: words, and whether they are to be marked. @param {number} n @param {Part[]} parts */
    snippet(n, parts) {
      const here = parts.filter((p) => p.scores.has(n));
      /** @type {Map<string, number>} */
      const weights = new Map();
      for (const part of here) {
        const says = part.weight * this.idf(part.scores.size);
        for (const word of part.words ?? []) weights.set(word, Math.max(weights.get(word) ?? 0, says));
      }
      const text = this.passages[n].text.replace(/^[ \t]*(?:#{1,6} |>)|\*\*|__/gmu, "");
      const tokens = [...withoutHan(text).matchAll(WORD)].map((m) => ({ start: m.index ?? 0, end: (m.index ?? 0) + m[0].length, word: m[0].toLowerCase().replaceAll("’", "'") }));
      const loose = this.looseStems(tokens.map((t) => t.word));
      /** @type {{start: number, end: number, what: string}[]} */
      let found = tokens.map((t, i) => ({ start: t.start, end: t.end, what: loose[i] })).filter((f) => weights.has(f.what));
      for (const { phrase } of here) {
        if (!phrase?.length) continue;
        loose.forEach((s, i) => {
          if (s === phrase[0] && phrase.every((p, j) => loose[i + j] === p)) found.push({ start: tokens[i].start, end: tokens[i + phrase.length - 1].end, what: phrase.join(" ") });
        });
      }
      for (const { han } of here) {
        for (let at = han ? text.indexOf(han) : -1; han && at >= 0; at = text.indexOf(han, at + han.length)) found.push({ start: at, end: at + han.length, what: han });
      }
      found.sort((a, b) => a.start - b.start || b.end - a.end);
      found = found.filter((f, i) => !found.slice(0, i).some((other) => other.end > f.start));
      const [start, end] = this.window(text, tokens, found, weights);
      /** @type {{text: string, mark: boolean}[]} */
      const pieces = text.slice(0, start).trim() ? [{ text: "… ", mark: false }] : [];
      let at = start + (text.slice(start, end).length - text.slice(start, end).trimStart().length);
      for (const f of found.filter((f) => f.start >= start && f.end <= end)) {
        pieces.push({ text: text.slice(at, f.start).replace(/\s+/gu, " "), mark: false }, { text: text.slice(f.start, f.end).replace(/\s+/gu, " "), mark: true });
        at = f.end;
      }
      pieces.push({ text: text.slice(at, end).replace(/\s+/gu, " ").trimEnd() + (text.slice(end).trim() ? " …" : ""), mark: false });
      return pieces;
    }

    /**
     * @param {string} text @param {{start: number}[]} tokens
     * @param {{start: number, what: string}[]} found @param {Map<string, number>} weights @returns {[number, number]}
     */
    window(text, tokens, found, weights) {
      const WINDOW = 40;
      const LEAD = 8;
      const starts = [...tokens.map((t) => t.start), ...hanRuns(text).map(([at]) => at)].sort((a, b) => a - b);
      if (starts.length <= WINDOW) return [0, text.length];
      let most = -1;
      let bestAt = 0;
      found.forEach((f, i) => {
        const first = starts.findIndex((s) => s >= f.start);
        const limit = starts[first + WINDOW - LEAD] ?? text.length;
        const says = new Set(found.slice(i).filter((g) => g.start < limit).map((g) => g.what));
        const value = [...says].map((what) => weights.get(what) ?? 5).sort((a, b) => a - b).reduce((sum, w) => sum + w, 0);
        if (value > most) [most, bestAt] = [value, first];
      });
      let begin = Math.max(0, bestAt - LEAD);
      for (let i = bestAt; i >= begin; i -= 1) {
        if (i === 0 || /[.;:。；：]\s+$/u.test(text.slice(starts[i - 1], starts[i]))) {
          begin = i;
          break;
        }
      }
      return [begin ? starts[begin] : 0, starts[begin + WINDOW] ?? text.length];
    }
  }

  // ---------------------------------------------------------------- evaluation (kb.search.evaluate)

  class Evaluation {
    /** @param {Index} index */
    constructor(index) {
      this.index = index;
      this.expand = true;
      this.quiet = 0;
      /** @type {Part[]} */
      this.parts = [];
      /** @type {string[]} */
      this.notes = [];
      /** @type {string[]} */
      this.sequence = [];
      /** @type {[string, Scores][]} */
      this.found = [];
      /** @type {Set<string>} */
      this.named = new Set();
    }

    /** @param {QueryNode} tree @returns {Found} */
    all(tree) {
      const { wishes, musts, nots } = this.sort(tree.clauses ?? []);
      if (!wishes.length && !musts.length && !nots.length) return { scores: new Map(), whole: new Set(), text: false };
      /** @type {Scores} */
      let total = new Map();
      for (const scores of [...wishes, ...musts.map((m) => m.scores)]) add(total, scores);
      /** @type {Set<number>[]} */
      const held = [...wishes.map((w) => new Set(w.keys())), ...musts.map((m) => m.whole)];
      if (musts.length || nots.length) {
        let numbers = this.conditions(musts, wishes);
        for (const gone of nots) numbers = new Set([...numbers].filter((n) => !gone.has(n)));
        const before = total;
        total = new Map([...numbers].map((n) => [n, before.get(n) ?? 0]));
        held.push(numbers);
      }
      held.sort((a, b) => a.size - b.size);
      const whole = new Set([...(held[0] ?? [])].filter((n) => held.every((one) => one.has(n))));
      return { scores: total, whole, text: wishes.length > 0 || musts.some((m) => m.text) };
    }

    /** @param {Clause[]} uncut */
    sort(uncut) {
      /** @type {Scores[]} */
      const wishes = [];
      /** @type {Found[]} */
      const musts = [];
      /** @type {Set<number>[]} */
      const nots = [];
      const { clauses, runs } = this.inPieces(uncut);
      const own = clauses.map((c) => (c.role === "not" ? null : this.itself(c.node)));
      const leaves = clauses.map((c, i) => this.widened(c.node, own[i]?.size ? own[i] : this.kindred(c.node, own[i])));
      this.expandRuns(clauses, leaves);
      for (const [i, run] of runs) leaves[i] = added(leaves[i] ?? new Map(), this.han(run));
      clauses.forEach((clause, i) => {
        const scores = leaves[i];
        if (clause.role === "not") nots.push(this.excluded(clause.node));
        else if (scores === null) {
          if (clause.node.is !== "word") musts.push(this.node(clause.node));
        } else {
          if (!this.quiet) this.found.push([clause.node.text ?? "", scores]);
          if (clause.role === "should") wishes.push(scores);
          else musts.push({ scores, whole: new Set(scores.keys()), text: true });
        }
      });
      return { wishes, musts, nots };
    }

    /** @param {Found[]} musts @param {Scores[]} wishes @returns {Set<number>} */
    conditions(musts, wishes) {
      const any = new Set(wishes.flatMap((w) => [...w.keys()]));
      if (!musts.length) return wishes.length ? any : new Set(this.index.passages.keys());
      let numbers = new Set(musts[0].scores.keys());
      for (const must of musts.slice(1)) numbers = new Set([...numbers].filter((n) => must.scores.has(n)));
      if (wishes.length && !musts.some((m) => m.text)) numbers = new Set([...numbers].filter((n) => any.has(n)));
      return numbers;
    }

    /** @param {QueryNode} node @returns {Set<number>} */
    excluded(node) {
      const before = this.expand;
      this.expand = false;
      this.quiet += 1;
      const scores = this.leaf(node);
      const out = new Set(scores?.size ? scores.keys() : node.is === "word" ? [] : this.node(node).scores.keys());
      this.quiet -= 1;
      this.expand = before;
      return out;
    }

    /** @param {QueryNode} node @returns {Found} */
    node(node) {
      if (node.is === "all") return this.all(node);
      if (node.is === "any") {
        const options = (node.options ?? []).map((option) => this.all(option));
        /** @type {Scores} */
        const total = new Map();
        for (const option of options) add(total, option.scores);
        return { scores: total, whole: new Set(options.flatMap((o) => [...o.whole])), text: options.some((o) => o.text) };
      }
      const numbers = node.is === "field" ? this.fieldNumbers(node) : node.is === "dates" ? this.dateNumbers(node) : new Set();
      return { scores: new Map([...numbers].map((n) => [n, 0])), whole: numbers, text: false };
    }

    /** @param {QueryNode} node @returns {Set<number>} */
    fieldNumbers({ name = "", values = [] }) {
      const { tags, tables } = this.index;
      const known = [...tags.keys()].filter((t) => t.startsWith(`${name}=`)).map((t) => t.slice(name.length + 1)).sort();
      const free = ["actor", "cites", "doc", "issuer", "list"].includes(name);
      /** @type {Set<number>} */
      const found = new Set();
      for (const value of values) {
        const other = tables.names[name]?.[value];
        const named = name !== "actor" || Object.values(tables.names.actor ?? {}).includes(value); // words for an actor that name no body are parts
        let meant = named && known.includes(value) ? [value] : other && known.includes(other) ? [other] : [];
        if (!meant.length && free) {
          meant = known.filter((k) => k.includes(value));
          if (!meant.length && ["doc", "cites"].includes(name)) {
            const ids = new Set(tables.documents.filter((c) => `${c.name}\n${c.title}`.toLowerCase().includes(value)).map((c) => c.id));
            meant = known.filter((k) => ids.has(k));
          }
        }
        if (!meant.length) this.notes.push(this.unknown(name, value, known));
        for (const one of meant) for (const n of tags.get(`${name}=${one}`) ?? []) found.add(n);
      }
      return found;
    }

    /** What to say of a value that no passage has. @param {string} name @param {string} value @param {string[]} known */
    unknown(name, value, known) {
      const { tags, tables } = this.index;
      const names = Object.entries(tables.names[name] ?? {});
      const lead = `no provision has ${name}:${value}`;
      if (names.some((pair) => pair.includes(value))) return `${lead}; the name is known, but nothing in this corpus has it`;
      const held = new Set(known);
      /** @type {[string, string][]} */
      const titles = name === "doc" ? tables.documents.map((c) => [`${c.name} ${c.title}`, c.id]) : [];
      const near = this.index.nearest(value, [...known.map((k) => /** @type {[string, string]} */ ([k, k])), ...names.filter(([, one]) => held.has(one)), ...titles]);
      const shown = near.slice(0, 3).map((one) => {
        const called = names.filter(([other, id]) => id === one && other !== one).map(([other]) => other);
        called.sort((a, b) => b.length - a.length || (a < b ? 1 : -1));
        return `${name}:${one.includes(" ") ? `"${one}"` : one}${called.length ? ` (${called[0]})` : ""}`;
      });
      if (shown.length) return `${lead}; did you mean ${shown.join(" or ")}?`;
      const count = (/** @type {string} */ k) => tags.get(`${name}=${k}`)?.length ?? 0;
      const frequent = [...known].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1)).slice(0, 12);
      return `${lead} (${frequent.length ? `values: ${frequent.join(", ")}${frequent.length < known.length ? ", …" : ""}` : "no passage has this field"})`;
    }

    /** @param {QueryNode} node @returns {Set<number>} */
    dateNumbers({ name = "", since = "", until = "" }) {
      /** @type {Set<number>} */
      const found = new Set();
      for (const [tag, numbers] of this.index.tags) {
        const day = tag.slice(name.length + 1);
        if (tag.startsWith(`${name}=`) && (!since || day >= since) && (!until || day <= until)) for (const n of numbers) found.add(n);
      }
      return found;
    }

    /** The clauses with the known terms of each Chinese run apart; and the runs that were cut. @param {Clause[]} clauses */
    inPieces(clauses) {
      /** @type {Clause[]} */
      const out = [];
      /** @type {Map<number, string>} */
      const runs = new Map();
      for (const clause of clauses) {
        if (!this.expand || clause.node.is !== "han" || clause.role === "not") {
          out.push(clause);
          continue;
        }
        const pieces = this.index.pieces(clause.node.text ?? "");
        if (pieces.length > 1) runs.set(out.length, clause.node.text ?? "");
        out.push(...pieces.map((text) => /** @type {Clause} */ ({ node: { is: "han", text }, role: clause.role })));
      }
      return { clauses: out, runs };
    }

    /** @param {Clause[]} clauses @param {(Scores | null)[]} leaves */
    expandRuns(clauses, leaves) {
      /** @type {number[]} */
      let run = [];
      clauses.forEach((clause, i) => {
        if (clause.node.is === "word" && clause.role !== "not") run.push(i);
        else {
          this.expandRun(run, clauses, leaves);
          run = [];
        }
      });
      this.expandRun(run, clauses, leaves);
    }

    /** @param {number[]} run @param {Clause[]} clauses @param {(Scores | null)[]} leaves */
    expandRun(run, clauses, leaves) {
      const texts = run.map((i) => clauses[i].node.text ?? "");
      if (!this.quiet) this.sequence.push(...texts);
      if (!this.expand) return;
      const plain = [...leaves];
      /** @type {Set<number>} */
      const named = new Set();
      for (const variant of this.index.ofWords(texts)) {
        const places = run.slice(variant.at, variant.at + variant.size).filter((i) => leaves[i] !== null);
        if (!named.has(variant.at) && this.standsNowhere(variant, places.map((i) => plain[i]))) variant.weight = this.index.c.PREFERRED;
        named.add(variant.at);
        for (const text of texts.slice(variant.at, variant.at + variant.size)) this.named.add(text);
        let extra = this.variant(variant);
        for (const i of places) {
          leaves[i] = added(leaves[i] ?? new Map(), extra);
          extra = new Map([...extra.keys()].map((n) => [n, 0]));
        }
      }
    }

    /** Whether no passage holds the name as the query has it. @param {{of: string, size: number}} variant @param {(Scores | null)[]} found */
    standsNowhere(variant, found) {
      if (!found.every((scores) => scores?.size)) return true;
      if (variant.size === 1) return false;
      this.quiet += 1;
      const scores = this.phrase(variant.of);
      this.quiet -= 1;
      return !scores?.size;
    }

    /** @param {QueryNode} node @returns {Scores | null} */
    leaf(node) {
      return this.widened(node, this.itself(node));
    }

    /** What a leaf finds as it stands. @param {QueryNode} node @returns {Scores | null} */
    itself(node) {
      const text = node.text ?? "";
      if (node.is === "word") return this.word(text, this.index.asking.has(text) ? this.index.c.ASKING : 1);
      if (node.is === "phrase") return this.phrase(text);
      if (node.is === "prefix") return this.near(`${text}*`, (word) => word.startsWith(text));
      if (node.is === "fuzzy") return this.near(`~${text}`, (word) => isNear(text, word, text.length >= 7 ? 2 : 1));
      return node.is === "han" ? this.han(text) : null;
    }

    /** What a leaf finds, and what its other names do. @param {QueryNode} node @param {Scores | null} scores @returns {Scores | null} */
    widened(node, scores) {
      if (scores === null) return null;
      const all = new Map(scores);
      const variants = this.otherNames(node);
      variants.forEach((variant, i) => add(all, this.variant(i || scores.size ? variant : { ...variant, weight: this.index.c.PREFERRED })));
      if (!variants.length && node.is === "han" && !scores.size && this.expand && !this.quiet) {
        this.notes.push(`no English name is known for ${node.text}; write it in English, or in shorter terms`);
      }
      return all;
    }

    /** For a word that stands nowhere, what other forms of it find. @param {QueryNode} node @param {Scores | null} scores @returns {Scores | null} */
    kindred(node, scores) {
      const { index } = this;
      const stem = node.is === "word" && this.expand ? index.stemOf(node.text ?? "") : null;
      if (scores === null || stem === null || !isForm(index.c, stem, stem)) return scores;
      const forms = [...index.fields.text.keys()].filter((s) => isForm(index.c, stem, s)).sort();
      if (!forms.length) return scores;
      const shown = [...index.surfaces()].filter(([w]) => forms.includes(index.stemOf(w) ?? ""));
      shown.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1));
      return this.stems(shown.length ? shown[0][0] : forms[0], forms, index.c.KIN, node.text);
    }

    /** @param {QueryNode} node */
    otherNames(node) {
      if (!this.expand || !["phrase", "han"].includes(node.is)) return [];
      const run = hanRuns(node.text ?? "").map(([, r]) => r).join("");
      if (run) return node.is === "phrase" ? this.index.ofWholeHan(run) : this.index.ofHan(run);
      const texts = words(node.text ?? "");
      return this.index.ofWords(texts).filter((v) => v.size === texts.length);
    }

    /** @param {{text: string, weight: number, of: string}} variant @returns {Scores} */
    variant({ text, weight, of }) {
      return isHan(text) ? this.han(text, weight, of) : this.phrase(text, weight, of) ?? new Map();
    }

    /** @param {Part} part */
    keep(part) {
      if (!this.quiet) this.parts.push(part);
      return part.scores;
    }

    /** @param {string} text @param {number} weight @param {string} [of] @returns {Scores | null} */
    word(text, weight, of = "") {
      const found = this.index.stemOf(text);
      return found === null ? null : this.stems(text, [found], weight, of);
    }

    /** @param {string} what @param {string[]} stems @param {number} weight @param {string} [of] */
    stems(what, stems, weight, of = "") {
      const scores = new Map(this.fieldScores("text", stems, weight));
      add(scores, this.fieldScores("head", stems, weight * this.index.c.HEAD));
      return this.keep({ what, weight, scores, words: stems, of });
    }

    /** @param {"text" | "head"} field @param {string[]} stems @param {number} weight */
    fieldScores(field, stems, weight) {
      /** @type {Scores} */
      const counts = new Map();
      for (const one of stems) add(counts, this.index.fields[field].get(one) ?? new Map());
      return this.index.termScores(field, counts, weight);
    }

    /** @param {string} text @param {number} [weight] @param {string} [of] @returns {Scores | null} */
    phrase(text, weight = 1, of = "") {
      const run = hanRuns(text).map(([, r]) => r).join("");
      if (run) return this.han(run, weight, of);
      const sequence = words(text);
      const stems = this.index.looseStems(sequence);
      const content = stems.filter((s) => !s.startsWith("-"));
      if (stems.length === 1 && content.length) return this.word(sequence[0], weight, of);
      const lists = [...new Set(content)].map((s) => this.index.fields.text.get(s) ?? new Map()).sort((a, b) => a.size - b.size);
      const numbers = content.length ? [...lists[0].keys()].filter((n) => lists.every((one) => one.has(n))) : [...this.index.passages.keys()];
      /** @type {Scores} */
      const counts = new Map();
      for (const n of numbers) {
        const own = this.index.looseOf(n);
        let count = 0;
        for (let i = own.indexOf(stems[0]); i >= 0; i = own.indexOf(stems[0], i + 1)) count += Number(stems.every((s, j) => own[i + j] === s));
        if (count) counts.set(n, count);
      }
      return this.keep({ what: text, weight, scores: this.index.termScores("text", counts, weight), phrase: stems, of });
    }

    /** @param {string} run @param {number} [weight] @param {string} [of] */
    han(run, weight = 1, of = "") {
      /** @type {Scores} */
      const counts = new Map();
      this.index.passages.forEach((passage, n) => {
        const count = passage.text.split(run).length - 1;
        if (count) counts.set(n, count);
      });
      return this.keep({ what: run, weight, scores: this.index.termScores("text", counts, weight), han: run, of });
    }

    /** @param {string} what @param {(word: string) => boolean} fits */
    near(what, fits) {
      const stems = new Set();
      for (const word of this.index.surfaces().keys()) {
        const found = fits(word) ? this.index.stemOf(word) : null;
        if (found) stems.add(found);
      }
      return this.stems(what, [...stems].sort(), 1);
    }
  }

  return { Index, QueryError, words, stem };
})();
