// The timeline: filters, and a day that can be moved. The marks stand in the page; their data in kbRoadmap, in the same order.
// The state is kept after # in the address, so that it can be sent to somebody.
"use strict";

/**
 * @typedef {object} RoadmapItem
 * @property {string} due last day, ISO
 * @property {boolean} obliges whether anybody can be late
 * @property {string} issued first day on which its document is known, ISO, or ""
 * @property {string} text
 * @property {string} who
 * @property {string} where
 * @property {string[]} body
 * @property {string[]} field
 * @property {string[]} modality
 * @property {string[]} strength
 * @property {string[]} region
 * @property {string[]} kind
 * @property {string[]} date "own", or "plan" where the plan or heading gives it
 */

/** @type {RoadmapItem[]} */
var kbRoadmap = globalThis["kbRoadmap"];

(() => {
  const SOON_MONTHS = 6;
  const LISTED = 60;
  const FIRST_MONTH = 2014 * 12;
  const form = /** @type {HTMLFormElement} */ (document.getElementById("filters"));
  const fields = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
  const day = /** @type {HTMLInputElement} */ (document.getElementById("asof"));
  const slider = /** @type {HTMLInputElement} */ (document.getElementById("asof-slider"));
  const counted = /** @type {HTMLElement} */ (document.getElementById("matching"));
  const detail = /** @type {HTMLElement} */ (document.getElementById("mark-detail"));
  const list = /** @type {HTMLElement} */ (document.getElementById("matching-list"));
  const marks = [...document.querySelectorAll("svg.tl a")];
  const selects = [...form.querySelectorAll("select")];
  const builtFor = day.defaultValue;

  /**
   * The last day of the window that opens on `start`: six months from 2018-08-31 end on 2019-02-28.
   * @param {string} start ISO
   */
  const windowEnd = (start) => {
    const [year, month, date] = start.split("-").map(Number);
    const last = new Date(Date.UTC(year, month + SOON_MONTHS, 0));
    last.setUTCDate(Math.min(date, last.getUTCDate()));
    return last.toISOString().slice(0, 10);
  };

  /**
   * The schedule of an item as of a day; the same rule as kb.track.schedule for items with a last day.
   * @param {RoadmapItem} item
   * @param {string} asOf
   * @param {string} end
   */
  const statusOf = (item, asOf, end) => {
    if (!item.obliges) return "not-trackable";
    if (item.due < asOf) return "overdue";
    return item.due <= end ? "due-soon" : "upcoming";
  };

  /** @param {string} month number of the month since the year 0, as text; returns its last day */
  const monthEnd = (month) => new Date(Date.UTC(Math.floor(Number(month) / 12), (Number(month) % 12) + 1, 0)).toISOString().slice(0, 10);

  const readAddress = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      const wanted = state.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
    }
    const wanted = state.get("asof") ?? "";
    day.value = /^\d{4}-\d\d-\d\d$/.test(wanted) && !Number.isNaN(Date.parse(wanted)) ? wanted : builtFor;
  };

  const writeAddress = () => {
    const state = new URLSearchParams();
    if (day.value !== builtFor) state.set("asof", day.value);
    for (const select of selects) if (select.value) state.set(select.name, select.value);
    const hash = state.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : "#");
  };

  const update = () => {
    const asOf = day.value || builtFor;
    const end = windowEnd(asOf);
    const [year, month] = asOf.split("-").map(Number);
    slider.value = String(year * 12 + month - 1);
    slider.setAttribute("aria-valuetext", kbDay(asOf));
    /** @type {Record<string, number>} */
    const counts = { overdue: 0, "due-soon": 0, upcoming: 0, "not-trackable": 0 };
    /** @type {Node[]} */
    const rows = [];
    let shown = 0;
    let later = 0;
    kbRoadmap.forEach((item, n) => {
      const status = statusOf(item, asOf, end);
      const exists = !item.issued || item.issued <= asOf;
      const chosen = selects.every((select) => {
        if (!select.value) return true;
        if (select.name === "status") return status === select.value;
        return (/** @type {Record<string, string[]>} */ (/** @type {unknown} */ (item)))[select.name].includes(select.value);
      });
      const on = chosen && exists;
      later += Number(chosen && !exists);
      const mark = marks[n];
      mark.classList.toggle("off", !on);
      mark.toggleAttribute("aria-hidden", !on);
      mark.setAttribute("tabindex", on ? "0" : "-1");
      mark.querySelector("use")?.setAttribute("href", `#m-${status}`);
      if (!on) return;
      shown += 1;
      counts[status] += 1;
      if (shown <= LISTED) rows.push(rowOf(item, mark, status));
    });
    counted.textContent =
      `${shown} of ${kbRoadmap.length} items as of ${kbDay(asOf)}: ${counts.overdue} past their date, ${counts["due-soon"]} due soon, ` +
      `${counts.upcoming} upcoming` + (later ? `; ${later} not yet issued on that day` : "") + ".";
    list.replaceChildren(...rows);
    writeAddress();
  };

  /**
   * @param {RoadmapItem} item
   * @param {Element} mark
   * @param {string} status
   */
  const rowOf = (item, mark, status) => {
    const row = document.createElement("li");
    const when = document.createElement("span");
    when.className = `st ${status}`;
    when.textContent = kbDay(item.due);
    const link = document.createElement("a");
    link.href = mark.getAttribute("href") ?? "";
    link.textContent = item.text;
    const by = document.createElement("span");
    by.className = "by";
    by.textContent = [item.who, item.where].filter(Boolean).join(" · ");
    row.append(when, " ", link, by);
    return row;
  };

  /** @param {Event} event */
  const showDetail = (event) => {
    const mark = event.target instanceof Element ? event.target.closest("svg.tl a") : null;
    const item = mark ? kbRoadmap[marks.indexOf(mark)] : null;
    if (!item) return;
    const name = document.createElement("b");
    name.textContent = kbDay(item.due);
    detail.replaceChildren(name, ` ${item.text} `);
    const by = document.createElement("span");
    by.className = "by";
    by.textContent = [item.who, item.where].filter(Boolean).join(" · ");
    detail.append(by);
  };

  fields.disabled = false;
  slider.min = String(FIRST_MONTH);
  readAddress();
  update();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target === slider) day.value = monthEnd(slider.value);
    update();
  });
  form.addEventListener("reset", () => setTimeout(() => { day.value = builtFor; update(); }));
  addEventListener("hashchange", () => { readAddress(); update(); });
  document.addEventListener("focusin", showDetail);
  document.addEventListener("pointerover", showDetail);
})();
