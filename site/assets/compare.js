// Two list standards side by side; the pair is kept after # in the address.
"use strict";

/**
 * @typedef {object} ListCard
 * @property {string} id
 * @property {string} name
 * @property {string} document
 * @property {string} href
 * @property {Record<string, [string, string[]]>} slots state and quotes of each slot
 */

/** @type {ListCard[]} */
var kbLists = globalThis["kbLists"];

(() => {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("pair"));
  const selects = /** @type {HTMLSelectElement[]} */ (["left", "right"].map((id) => document.getElementById(id)));
  const byId = new Map(kbLists.map((card) => [card.id, card]));
  const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("#pair-rows tr")]);

  /**
   * @param {HTMLTableCellElement} cell
   * @param {ListCard} card
   * @param {string} slot
   */
  const fill = (cell, card, slot) => {
    const [state, quotes] = card.slots[slot] ?? ["silent", []];
    const label = document.createElement("a");
    label.className = `state ${state}`;
    label.href = `${card.href}#${slot}`;
    label.textContent = state;
    const said = quotes.map((quote) => {
      const p = document.createElement("p");
      p.textContent = quote;
      return p;
    });
    cell.replaceChildren(label, ...said);
  };

  const update = () => {
    const cards = selects.map((select) => byId.get(select.value));
    const [left, right] = cards;
    if (!left || !right) return;
    cards.forEach((card, side) => {
      if (!card) return;
      const head = /** @type {HTMLElement} */ (document.getElementById(side ? "right-name" : "left-name"));
      const link = document.createElement("a");
      link.href = card.href;
      link.textContent = card.name;
      const by = document.createElement("span");
      by.className = "by";
      by.textContent = card.document;
      head.replaceChildren(link, " ", by);
      for (const row of rows) fill(row.cells[side + 1], card, row.dataset.slot ?? "");
    });
    const differ = rows.filter((row) => left.slots[row.dataset.slot ?? ""]?.[0] !== right.slots[row.dataset.slot ?? ""]?.[0]);
    for (const row of rows) row.classList.toggle("differs", differ.includes(row));
    /** @type {HTMLElement} */ (document.getElementById("differences")).textContent =
      `They differ in whether they answer on ${differ.length} of ${rows.length} questions; the words of both are below`;
    const state = new URLSearchParams({ left: left.id, right: right.id }).toString();
    if (state !== location.hash.slice(1)) history.replaceState(null, "", `#${state}`);
  };

  const read = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    selects.forEach((select, side) => {
      const wanted = state.get(select.name) ?? "";
      if (byId.has(wanted)) select.value = wanted;
      else if (!location.hash) select.value = [...select.options].find((option) => option.defaultSelected)?.value ?? "";
    });
    update();
  };

  /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset")).disabled = false;
  form.addEventListener("input", update);
  addEventListener("hashchange", read);
  read();
})();
