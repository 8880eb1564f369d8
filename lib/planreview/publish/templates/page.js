"use strict";
// Points, focus, touch: a number tells the cells behind it. Their texts are only ever set as text.
(() => {
  const told = JSON.parse(document.getElementById("o-goc-data").textContent);
  const box = document.getElementById("o-goc");
  const cells = told.sheets.flatMap((own, sheet) =>
    own.flatMap((address, n) => (n % 2 ? [] : [{ sheet, address, raw: own[n + 1] }])));
  const places = (numerals) => numerals.split(",").flatMap((run) => {
    const [low, high = low] = run.split("-").map(Number);
    return cells.slice(low, high + 1);
  });
  for (const [decision, numerals] of Object.entries(told.decided))
    for (const cell of places(numerals)) cell.decision = decision;
  const behind = new Map();
  const links = document.querySelectorAll("main a:not([href])");
  told.numbers.split(" ").forEach((numerals, n, all) => {
    all[n] = numerals || all[n - 2] + "," + all[n - 1]; // of a difference: the cells of the two numbers before it
    behind.set(links[n], all[n]);
    links[n].href = "#s" + cells[parseInt(all[n])].sheet;
    links[n].classList.add("num");
  });
  let shown = null, kept = false, leaving = 0;

  const part = (parent, tag, text, kind) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    parent.append(element);
    return element;
  };
  const file = (row) => row.children.length > 1 ? row.firstElementChild.textContent : file(row.previousElementSibling);
  const fill = (numerals) => {
    const found = [...new Set(places(numerals))];
    box.replaceChildren();
    if (found.length > 1) part(box, "p", `Tính từ ${found.length} ô:`);
    let before = -1;
    for (const { sheet, address, raw, decision } of found) {
      if (sheet !== before) {
        const row = document.getElementById("s" + sheet);
        const [name, source] = row.lastElementChild.children;
        const head = part(box, "p", "Tệp ", "of");
        part(head, "code", file(row), "raw");
        head.append(" › trang tính ");
        part(head, "code", name.textContent, "raw");
        if (source) part(box, "p", source.textContent, "raw note");
        before = sheet;
      }
      const line = part(box, "p", `Ô ${address}: `);
      part(line, "code", raw, "raw");
      if (decision) line.append(` (${decision})`);
    }
  };
  const place = () => {
    const at = shown.getBoundingClientRect(), size = box.getBoundingClientRect();
    const below = at.bottom + 6, above = at.top - size.height - 6;
    const top = below + size.height < innerHeight || above < 0 ? below : above;
    box.style.setProperty("--top", Math.max(8, Math.min(top, innerHeight - size.height - 8)) + "px");
    box.style.setProperty("--left", Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8)) + "px");
  };
  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    box.hidden = true;
    shown = null;
    kept = false;
  };
  const show = (link) => {
    clearTimeout(leaving);
    if (shown === link) return;
    hide();
    shown = link;
    fill(behind.get(link));
    link.setAttribute("aria-describedby", box.id);
    box.hidden = false;
    box.scrollTop = 0;
    place();
  };
  const leave = () => {
    if (!kept) leaving = setTimeout(hide, 150);
  };
  const number = (event) => {
    const link = event.target.closest?.("a.num");
    return behind.has(link) ? link : null;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || kept) return;
    const link = number(event);
    if (link) show(link);
    else if (box.contains(event.target)) clearTimeout(leaving);
    else if (shown && shown !== document.activeElement) leave();
  });
  let touched = -1e9; // focus that comes of a touch would open the box under the finger, and the click were lost
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") touched = event.timeStamp;
  });
  document.addEventListener("focusin", (event) => {
    const link = number(event);
    if (link && !kept && event.timeStamp - touched > 1000) show(link);
  });
  document.addEventListener("focusout", (event) => {
    if (number(event) && !box.contains(event.relatedTarget)) leave();
  });
  document.addEventListener("click", (event) => {
    const link = number(event);
    if (link) {
      event.preventDefault();
      if (kept && shown === link) return hide();
      show(link);
      kept = true;
      const close = document.createElement("button");
      close.type = "button";
      close.setAttribute("aria-label", "Đóng");
      close.textContent = "✕";
      close.addEventListener("click", hide);
      box.prepend(close);
      place();
      if (!event.detail) box.focus({ preventScroll: true }); // by keyboard: a long list can be scrolled
    } else if (kept && !box.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (!shown || !["Escape", "Tab"].includes(event.key)) return;
    const back = box.contains(document.activeElement) ? shown : null;
    back?.focus({ preventScroll: true }); // whoever goes on with Tab goes on from the number
    if (event.key === "Escape" || back) hide();
  });
  document.addEventListener("scroll", () => shown && place(), { passive: true, capture: true });
})();
