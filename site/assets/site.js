// On every page: sortable tables, copying a citation, the definition of a term under the pointer, the key to the search.
// Everything here is an addition; the pages are complete without it.
"use strict";

/**
 * A day as the pages print it: 2018-10-24 -> 24 Oct 2018.
 * @param {string} iso
 * @returns {string}
 */
var kbDay = (iso) => {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const [year, month, day] = iso.split("-").map(Number);
  return [day, months[month - 1], year].filter(Boolean).join(" ");
};

(() => {
  /**
   * The value that a cell is sorted by.
   * @param {HTMLTableRowElement} row
   * @param {number} column
   * @returns {string}
   */
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value ?? (cell.textContent ?? "").trim();
  };

  /**
   * Sorts the body of a table by one column and says so to readers of the screen.
   * @param {HTMLTableElement} table
   * @param {HTMLTableCellElement} head
   */
  const sortBy = (table, head) => {
    const down = head.getAttribute("aria-sort") === "ascending" || (!head.hasAttribute("aria-sort") && head.dataset.sort === "number");
    const sign = down ? -1 : 1;
    const numeric = head.dataset.sort === "number";
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, place) => ({ row, place, value: valueOf(row, head.cellIndex) }));
    rows.sort((a, b) => {
      const order = numeric
        ? Number(a.value || 0) - Number(b.value || 0)
        : a.value.toLowerCase() < b.value.toLowerCase() ? -1 : a.value.toLowerCase() > b.value.toLowerCase() ? 1 : 0;
      return sign * order || a.place - b.place;
    });
    for (const other of table.tHead?.rows[0].cells ?? []) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows.map((entry) => entry.row));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const head of table.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sortBy(/** @type {HTMLTableElement} */ (table), /** @type {HTMLTableCellElement} */ (head)));
      head.replaceChildren(button);
    }
  }

  /**
   * Puts text on the clipboard; the old way where the new one is not allowed, as from a file.
   * @param {string} text
   * @returns {Promise<boolean>}
   */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "offscreen";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };

  const citation = document.getElementById("citation");
  if (citation) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    const bar = document.createElement("div");
    bar.className = "citebar";
    bar.setAttribute("role", "status");
    /** What the button copies: the document's citation, with the place that the address names. */
    const words = () => {
      const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
      const unit = target?.closest(".u, .hd");
      const place = unit?.querySelector(".self")?.textContent?.trim() || (unit ? unit.id : "");
      const whole = citation.textContent?.trim() ?? "";
      return place ? { place, text: `${whole.replace(/\.$/, "")}, ${place} (#${unit?.id}).` } : { place: "", text: whole };
    };
    const show = () => {
      button.textContent = words().place ? `Copy citation of ${words().place}` : "Copy citation";
    };
    button.addEventListener("click", async () => {
      button.textContent = (await copy(words().text)) ? "Copied" : "Copy by hand: see Cite below";
      setTimeout(show, 2000);
    });
    addEventListener("hashchange", show);
    show();
    bar.append(button);
    document.querySelector(".legend")?.append(bar);
  }

  /** @type {HTMLElement | null} */
  let card = null;
  const hideCard = () => {
    card?.remove();
    card = null;
  };
  /** @param {Event} event */
  const showCard = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.term") : null;
    const anchor = link?.getAttribute("href")?.split("#")[1];
    const entry = anchor ? document.getElementById(anchor) : null;
    hideCard();
    if (!link || !entry) return;
    card = document.createElement("div");
    card.className = "termcard";
    card.setAttribute("role", "tooltip");
    const name = document.createElement("b");
    name.textContent = entry.textContent;
    const text = document.createElement("p");
    text.textContent = (entry.nextElementSibling?.textContent ?? "").trim();
    card.append(name, text);
    const box = link.getBoundingClientRect();
    document.body.append(card);
    const left = Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 8));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${box.bottom + scrollY + 4}px`;
  };
  for (const name of ["focusin", "pointerover"]) document.addEventListener(name, showCard);
  for (const name of ["focusout", "pointerleave"]) document.addEventListener(name, hideCard);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideCard();
    const typing = event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".top a[href$='search.html']"));
      const field = document.getElementById("q");
      if (field || search) event.preventDefault();
      if (field) field.focus();
      else if (search) location.href = `${search.href}#q=`;
    }
  });
})();
