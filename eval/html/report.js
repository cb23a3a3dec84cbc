"use strict";
(() => {
  const PAGE = 100; // rows that are shown at once, and by each "더 보기"
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const [form, body, more, status, search] = ["filters", "rows", "more", "status", "search"].map(byId);
  const OUTCOMES = { right: "맞음", wrong: "틀림", unjudged: "판정 없음" };
  const outcome = (row) => (row.ok === 1 ? "right" : row.ok === 0 ? "wrong" : "unjudged");
  const typeOf = (row) => data.types[row.type];
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const squeezed = (text) => fold(text).replace(/\s+/g, "");
  const haystacks = data.rows.map((row) =>
    [row.id, row.q, row.gold, row.answer].map((text) => squeezed(text || "")).join("\n"));
  const FIELDS = {
    result: (row) => [outcome(row)],
    type: (row) => [row.type],
    stage: (row) => (row.stage ? [row.stage] : []),
    report: (row) => row.reports || [],
  };
  const KEYS = {
    result: (row) => row.ok ?? 2,
    type: (row) => typeOf(row),
    stage: (row) => row.stage || "",
    sure: (row) => row.sure ?? -1,
    ms: (row) => row.ms ?? -1,
  };
  const FILTERS = [...Object.keys(FIELDS), "q", "sort", "open"];
  let view = {}; // what the address says, by name
  let found = []; // numbers of the rows that fit, in order
  let shown = 0;

  // --- making elements: text only ever goes in as text ---

  function el(tag, name, ...children) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const heading = (text) => el("h4", "", text);
  const joined = (parts) => parts.filter(Boolean).join(" · ");
  const path = (section) => (section ? el("p", "path", section.join(" › ")) : null);

  function pageLabel(page, about) {
    if (page === undefined || page === null) return "쪽 정보 없음";
    return (about ? "약 " : "") + page + "쪽";
  }

  function where(place, about) {
    const [doc, first, last, page] = place;
    const [title, estimated] = data.docs[doc];
    const lines = first === null ? "" : (last === first || last === null ? first : first + "–" + last) + "줄";
    return [title, joined([pageLabel(page, about ?? estimated), lines])];
  }

  function source(place, marked) {
    const [doc, first, last] = place;
    const held = data.lines[doc];
    const box = el("div", "source");
    if (held && first !== null) {
      for (let number = Math.max(first, 1); number <= (last ?? first); number += 1) {
        if (held[number] === undefined) break;
        const text = held[number].replaceAll("\t", "  │  ");
        box.append(el("p", "", el("span", "ln", String(number)), marked?.(doc, number) ? el("mark", "", text) : text));
      }
    }
    return box.childElementCount ? box : null;
  }

  // --- one question, opened ---

  function goldPart(row) {
    const part = el("section", "", heading("정답"));
    part.append(el("p", "said", row.gold || (row.none ? "보고서에 답이 없는 질문입니다." : "적힌 정답이 없습니다.")));
    if (row.must) {
      const groups = row.must.map((group) => el("li", "", group.join(" / ")));
      part.append(el("p", "label", "꼭 들어갈 말"), el("ul", "chips", ...groups));
    }
    if (row.section) part.append(el("p", "label", "절"), path(row.section));
    for (const one of row.evidence || []) {
      one.at.forEach((number, nth) => {
        const [title, at] = where(data.places[number]);
        const text = source(data.places[number]) || (one.quote && nth === 0 ? el("blockquote", "", one.quote) : null);
        part.append(el("div", "place", el("p", "label", nth ? "또는 " : "근거 · ", el("b", "", title), " ", at), text || ""));
      });
    }
    return part;
  }

  function citation(one, number) {
    const place = data.places[one.at];
    const [title, at] = where(place, one.about === 1);
    const mark = one.held ? el("span", "badge held", "근거와 일치") : null;
    const quote = one.quote === undefined ? source(place) : el("blockquote", "", one.quote);
    const head = el("p", "label", el("b", "", "[" + (number + 1) + "] " + (one.title || title)), " ", at, " ", mark);
    return el("div", "place", head, path(one.section), quote);
  }

  function answerPart(row) {
    const part = el("section", "", heading("답변"));
    if (row.error) part.append(el("p", "said", "오류로 답하지 못했습니다: " + row.error));
    else if (row.refused) part.append(el("p", "said", el("span", "badge none", "거절"), " ", row.answer || "답하지 않았습니다."));
    else part.append(el("p", "said", row.answer || "빈 답입니다."));
    part.append(...(row.cites || []).map(citation));
    if (!row.cites) part.append(el("p", "quiet", "인용이 없습니다."));
    return part;
  }

  function foundPart(row) {
    const lines = (row.evidence || []).flatMap((one) => one.at.map((number) => data.places[number]));
    const marked = (doc, line) => lines.some(([d, first, last]) => d === doc && first !== null && line >= first && line <= (last ?? first));
    const part = el("section", "found", heading("찾은 발췌문"));
    const list = el("ol", "");
    (row.found || []).forEach((number, rank) => {
      const place = data.places[number];
      const [title, at] = where(place);
      const held = row.held?.includes(rank);
      const score = row.scores?.[rank] ?? null;
      const head = [el("b", "rank", String(rank + 1)), el("span", "title", title), el("span", "at", at),
        held ? el("span", "badge held", "근거") : null,
        el("span", "at score", score === null ? "" : "점수 " + score.toFixed(3))];
      // Its text is made only when it is opened: most never are.
      const item = el("details", held ? "hit" : "", el("summary", "", ...head));
      item.addEventListener("toggle", () => {
        if (item.open && item.childElementCount === 1) {
          item.append(source(place, marked) || el("p", "quiet", "원문 없이 만든 보고서여서 자리만 보여 줍니다."));
        }
      });
      list.append(el("li", "", item));
    });
    part.append(row.found ? list : el("p", "quiet", "찾은 발췌문이 없습니다."));
    return part;
  }

  function detail(row) {
    const told = joined([row.id, typeOf(row), row.talk && "대화 " + row.talk,
      row.sure !== undefined && "확신 " + row.sure.toFixed(3), row.ms !== undefined && "응답 " + row.ms.toFixed(1) + "ms"]);
    const cell = el("td", "", el("p", "quiet", told), row.why ? el("p", "why", "잃은 까닭: " + row.why + ".") : null,
      el("div", "pair", goldPart(row), answerPart(row)), foundPart(row));
    cell.colSpan = 7;
    return el("tr", "detail", cell);
  }

  // --- the table ---

  function badge(row) {
    const name = outcome(row);
    const sign = { right: "✓ ", wrong: "✕ ", unjudged: "– " }[name];
    return el("span", "badge " + name, sign + OUTCOMES[name]);
  }

  function rowOf(number) {
    const row = data.rows[number];
    const button = el("button", "ask", row.q || "(빈 질문)");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    const sure = row.sure === undefined ? "–" : row.sure.toFixed(3);
    const ms = row.ms === undefined ? "–" : row.ms.toFixed(1);
    const made = el("tr", "", el("td", "", badge(row)),
      el("td", "", button, el("span", "narrow quiet", joined([typeOf(row), row.stage]))), el("td", "wide id", row.id),
      el("td", "wide", typeOf(row)), el("td", "wide", row.stage || ""), el("td", "wide num", sure), el("td", "wide num", ms));
    made.dataset.number = number;
    return made;
  }

  function open(tr, opened) {
    const row = data.rows[tr.dataset.number];
    tr.querySelector("button").setAttribute("aria-expanded", String(opened));
    tr.classList.toggle("opened", opened);
    if (opened) tr.after(detail(row));
    else tr.nextElementSibling.remove();
  }

  function showMore(count = PAGE) {
    const next = found.slice(shown, shown + count);
    body.append(...next.map(rowOf));
    shown += next.length;
    more.hidden = shown >= found.length;
    more.textContent = "더 보기 (남은 " + (found.length - shown).toLocaleString() + "문항)";
  }

  function select() {
    const words = fold(view.q || "").split(/\s+/).filter(Boolean);
    const wanted = Object.keys(FIELDS).filter((name) => view[name]);
    found = [];
    data.rows.forEach((row, number) => {
      if (wanted.every((name) => FIELDS[name](row).includes(view[name])) &&
          words.every((word) => haystacks[number].includes(word))) found.push(number);
    });
    const down = (view.sort || "").startsWith("-");
    const key = KEYS[(view.sort || "").replace("-", "")];
    if (!key) return;
    const keys = new Map(found.map((number) => [number, key(data.rows[number])]));
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    found.sort((a, b) => (down ? -1 : 1) * order(keys.get(a), keys.get(b)) || a - b);
  }

  function draw() {
    select();
    body.replaceChildren();
    shown = 0;
    const at = view.open === undefined ? -1 : found.findIndex((number) => data.rows[number].id === view.open);
    showMore(Math.max(PAGE, at + 1));
    if (at >= 0) open(body.children[at], true);
    byId("nothing").hidden = found.length > 0;
    const right = found.reduce((sum, number) => sum + (data.rows[number].ok === 1), 0);
    const judged = found.reduce((sum, number) => sum + (data.rows[number].ok !== undefined), 0);
    const share = judged ? " · 맞음 " + ((100 * right) / judged).toFixed(1) + "%" : "";
    status.textContent = data.rows.length.toLocaleString() + "문항 가운데 " + found.length.toLocaleString() + "문항" + share;
    for (const button of document.querySelectorAll("thead button")) {
      const name = button.dataset.sort;
      const sorted = view.sort === name ? "ascending" : view.sort === "-" + name ? "descending" : "none";
      button.parentElement.setAttribute("aria-sort", sorted);
    }
    return at;
  }

  // --- the address keeps what is filtered ---

  function remember() {
    const kept = Object.entries(view).filter(([, value]) => value);
    const hash = new URLSearchParams(kept).toString();
    history.replaceState(null, "", "#" + hash);
  }

  function change(name, value) {
    view[name] = value;
    if (name !== "open") delete view.open;
    remember();
  }

  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1));
    view = Object.fromEntries(FILTERS.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]));
    for (const name of Object.keys(FIELDS)) form.elements[name].value = view[name] || "";
    search.value = view.q || "";
    const at = draw();
    if (at >= 0) body.children[at].scrollIntoView({ block: "start" });
    else if (FILTERS.some((name) => asked.has(name))) byId("questions").scrollIntoView();
  }

  function fillSelect(name, label) {
    const counts = new Map();
    for (const row of data.rows) for (const value of FIELDS[name](row)) counts.set(value, (counts.get(value) || 0) + 1);
    for (const [value, count] of [...counts].sort(([a], [b]) => (label(a) < label(b) ? -1 : 1))) {
      const option = el("option", "", label(value) + " (" + count.toLocaleString() + ")");
      option.value = value;
      form.elements[name].append(option);
    }
    form.elements[name].closest("label").hidden = counts.size < 2;
  }

  fillSelect("result", (value) => OUTCOMES[value]);
  fillSelect("type", (value) => data.types[value]);
  fillSelect("stage", (value) => value);
  fillSelect("report", (value) => data.reports[value]);
  search.addEventListener("input", () => { change("q", search.value.trim()); draw(); });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "q") { change(event.target.name, event.target.value); draw(); }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => { form.reset(); view = {}; remember(); draw(); search.focus(); });
  more.addEventListener("click", () => { const at = shown; showMore(); body.querySelectorAll("tr:not(.detail) button.ask")[at]?.focus(); });
  document.querySelector("thead").addEventListener("click", (event) => {
    const name = event.target.closest("button")?.dataset.sort;
    if (!name) return;
    change("sort", view.sort === name ? "-" + name : view.sort === "-" + name ? "" : name);
    draw();
  });
  body.addEventListener("click", (event) => {
    const tr = event.target.closest("tr");
    if (!tr || tr.classList.contains("detail") || String(getSelection())) return;
    const opened = !tr.classList.contains("opened");
    open(tr, opened);
    change("open", opened ? data.rows[tr.dataset.number].id : "");
  });
  addEventListener("hashchange", () => { if (!location.hash || location.hash.includes("=")) recall(); });
  recall();
  document.documentElement.dataset.ready = "yes";
})();
