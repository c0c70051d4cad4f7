"use strict";
// Sorting, searching, and picking a student's curves out. Without it the page shows everything all the same.
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent.trim().toLowerCase() : Number(cell.dataset.value);
  };
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const ascending = head.getAttribute("aria-sort") !== "ascending";
    heads.forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const compare = (a, b) => {
      const left = valueOf(a, column);
      const right = valueOf(b, column);
      return typeof left === "number" ? left - right : left.localeCompare(right, undefined, { numeric: true });
    };
    rows.sort((a, b) => (ascending ? compare(a, b) : compare(b, a)));
    body.append(...rows);
  }));

  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = texts.get(row).includes(wanted);
      row.hidden = !fits;
      if (fits) count += 1;
    }
    found.textContent = wanted === "" ? "" : `${count} of ${rows.length}`;
  });

  const plots = document.querySelector(".plots");
  if (plots === null) return;
  const picked = document.getElementById("picked");
  const pick = document.getElementById("pick");
  const names = new Map(Array.from(pick.options, (option) => [option.value, option.textContent]));
  const marked = new Map();
  for (const element of document.querySelectorAll("[data-student]")) {
    const student = element.dataset.student;
    if (!marked.has(student)) marked.set(student, []);
    marked.get(student).push(element);
  }
  let shown = "";
  const show = (student) => {
    if (student === shown) return;
    for (const element of marked.get(shown) || []) element.classList.remove("chosen");
    for (const element of marked.get(student) || []) {
      element.classList.add("chosen");
      if (element.tagName === "polyline") element.parentNode.append(element);
    }
    plots.classList.toggle("narrowed", student !== "");
    shown = student;
    picked.textContent = student === "" ? "Point at a curve, or choose a student." : names.get(student) || "";
  };
  const chosen = () => pick.value;
  pick.addEventListener("change", () => show(chosen()));
  for (const [student, elements] of marked) {
    if (!names.has(student)) continue;
    for (const element of elements) {
      element.addEventListener("pointerenter", () => show(student));
      element.addEventListener("pointerleave", () => show(chosen()));
      element.addEventListener("focusin", () => show(student));
      element.addEventListener("click", () => { pick.value = student; show(student); });
    }
  }
})();
