// The search page: loads the index on the first key, answers as one types, keeps the query in the address.
"use strict";

/** @type {(tables: any) => void} */
var kbSearchTables;
/** @type {(documents: any) => void} */
var kbSearchShard;

(() => {
  const SHOWN = 20;
  const FACETS = ["kind", "level", "region", "issued", "field", "modality", "list", "doc"];
  const FACET_VALUES = 8;
  const BASIS = /\s*\[(?:seen|recalled)\]/g; // marks of digests; the line below a hit says that it is one
  const field = /** @type {HTMLInputElement} */ (document.getElementById("q"));
  const status = /** @type {HTMLElement} */ (document.getElementById("search-status"));
  const notes = /** @type {HTMLElement} */ (document.getElementById("search-notes"));
  const list = /** @type {HTMLElement} */ (document.getElementById("hits"));
  const facets = /** @type {HTMLElement} */ (document.getElementById("facets"));
  /** @type {any} */
  let index = null;
  /** @type {Record<string, Record<string, string>>} how a facet ("") and its values are printed */
  let labels = {};
  let state = "idle";
  let shown = SHOWN;

  /** @param {string} path */
  const load = (path) => {
    const script = document.createElement("script");
    script.src = path;
    script.async = false;
    script.addEventListener("error", () => { status.textContent = `The index could not be read: ${path} is missing.`; });
    document.head.append(script);
    return script;
  };

  const start = () => {
    if (state !== "idle") return;
    state = "loading";
    status.textContent = "Reading the index …";
    let waiting = 0;
    kbSearchTables = (tables) => {
      index = new kbSearch.Index(tables);
      labels = tables.labels;
      waiting = tables.shards;
      for (let n = 1; n <= tables.shards; n += 1) load(`data/search-${n}.js`);
      if (!waiting) ready();
    };
    kbSearchShard = (documents) => {
      index.add(documents);
      waiting -= 1;
      if (!waiting) ready();
    };
    load("data/search-tables.js");
  };

  const ready = () => {
    state = "ready";
    document.body.dataset.search = "ready";
    answer();
  };

  /** @param {string} query */
  const keepInAddress = (query) => {
    const wanted = query ? `?q=${encodeURIComponent(query)}` : location.pathname.split("/").pop() ?? "";
    try {
      history.replaceState(null, "", wanted);
    } catch {
      history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : "#");
    }
  };

  const fromAddress = () => {
    const inQuery = new URLSearchParams(location.search).get("q");
    return inQuery ?? new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  };

  /**
   * @param {string} name
   * @param {string} className
   * @param {...(Node | string)} inside
   */
  const element = (name, className, ...inside) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };

  const answer = () => {
    const query = field.value.trim();
    keepInAddress(query);
    if (state !== "ready") {
      if (query) start();
      return;
    }
    notes.replaceChildren();
    facets.replaceChildren();
    if (!query) {
      list.replaceChildren();
      status.textContent = `${index.size.toLocaleString("en")} passages can be searched.`;
      return;
    }
    const began = performance.now();
    let results;
    try {
      results = index.search(query, shown);
    } catch (error) {
      if (!(error instanceof kbSearch.QueryError)) throw error;
      list.replaceChildren();
      status.textContent = `This query cannot be read: ${error.message}.`;
      notes.replaceChildren(error.hint);
      return;
    }
    document.body.dataset.milliseconds = (performance.now() - began).toFixed(1);
    list.replaceChildren(...results.hits.map(hitRow));
    status.textContent = counted(results.total, results.whole);
    say(results);
    facets.replaceChildren(...index.facets(results.numbers.keys(), FACETS).map(facetBox));
    if (results.total > results.hits.length) {
      const more = element("button", "copy", "More");
      more.addEventListener("click", () => { shown += SHOWN; answer(); });
      list.append(element("li", "morehits", more));
    }
  };

  /** How many passages match, and whether any has all that was asked for. @param {number} total @param {number} whole */
  const counted = (total, whole) => {
    const passages = total === 1 ? "1 passage" : `${total.toLocaleString("en")} passages`;
    if (!total) return "No passage of the documents held here matches; of other documents this says nothing.";
    if (!whole) return `No passage has every word. The best of ${passages} with some:`;
    return whole === total ? `${passages}.` : `${passages}, ${whole.toLocaleString("en")} with every word.`;
  };

  /** @param {any} results */
  const say = (results) => {
    if (results.also.length) notes.append(element("p", "", `Searched also: ${results.also.join("; ")}`));
    for (const note of results.notes) notes.append(element("p", "", note));
    if (results.suggestions.length) {
      const line = element("p", "", "Did you mean ");
      for (const word of results.suggestions) {
        const pick = element("button", "copy", word);
        pick.addEventListener("click", () => { field.value = word; answer(); });
        line.append(pick, " ");
      }
      notes.append(line);
    }
  };

  /** @param {any} hit */
  const hitRow = (hit) => {
    const { passage, card } = hit;
    const link = element("a", "", passage.label ? `${card?.name ?? passage.document}, ${passage.label}` : card?.name ?? passage.document);
    link.setAttribute("href", passage.href);
    const words = element("p", "snippet");
    for (const piece of hit.snippet) words.append(piece.mark ? element("mark", "", piece.text) : piece.text.replace(BASIS, ""));
    const path = [...passage.headings.slice(1), card?.kind.replaceAll("-", " "), kbDay(card?.date ?? ""), card?.fidelity === "digest" ? "digest" : ""];
    return element("li", "", link, words, element("p", "by", path.filter(Boolean).join(" · ")));
  };

  /** @param {[string, [string, number][]]} facet */
  const facetBox = ([name, values]) => {
    const box = element("section", "facet", element("h2", "", labels[name]?.[""] ?? name));
    const rows = element("ul", "");
    for (const [value, count] of values.slice(0, FACET_VALUES)) {
      const term = `${name}:${/[\s,]/.test(value) ? `"${value}"` : value}`;
      const pick = element("button", "", labels[name]?.[value] ?? value.replaceAll("-", " "));
      pick.addEventListener("click", () => {
        const has = ` ${field.value} `.includes(` ${term} `);
        field.value = has ? ` ${field.value} `.replace(` ${term} `, " ").trim() : `${field.value.trim()} ${term}`;
        shown = SHOWN;
        answer();
        field.focus();
      });
      if (` ${field.value} `.includes(` ${term} `)) pick.setAttribute("aria-pressed", "true");
      rows.append(element("li", "", pick, ` ${count}`));
    }
    box.append(rows);
    return box;
  };

  /** Moves the focus along the results. @param {number} step */
  const move = (step) => {
    const links = [...list.querySelectorAll("li > a")];
    const at = links.indexOf(/** @type {Element} */ (document.activeElement)) + step;
    const target = at < 0 ? field : /** @type {HTMLElement | undefined} */ (links[at]);
    target?.focus();
  };

  field.addEventListener("input", () => { shown = SHOWN; answer(); });
  field.addEventListener("focus", () => start(), { once: true });
  document.addEventListener("keydown", (event) => {
    const inList = event.target instanceof Element && list.contains(event.target);
    if (event.target !== field && !inList) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (inList) field.focus();
      else { field.value = ""; answer(); }
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (list.querySelector("li > a"))?.click();
    }
  });
  field.disabled = false;
  field.value = fromAddress();
  if (field.value) answer();
  else if (location.hash) field.focus(); // the key "/" of another page leads to #q=
})();
