"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const modules = data.modules.map(([name, path, box, knot]) => ({ name, path, box, knot }));
const imports = data.imports.map(([importer, imported, lines, problem, inLoop]) =>
  ({ importer, imported, lines, problem, inLoop }));
const FEW_MODULES = 40;
const MANY_ARROWS = 120;
const MANY_LINES = 400;
const SHARES = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71, 0.22, 0.78, 0.15, 0.85];
const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

// The tree: boxes hold packages and modules. A package's own module is its `__init__`.

function makeNode(label, full, parent) {
  return { label, full, parent, children: new Map(), module: null, count: 0, knots: new Set(), open: false, dom: null };
}

const boxes = new Map();
const nodeOf = [];
for (const name of data.rows.flat()) boxes.set(name, makeNode(name, name, null));
modules.forEach((module, number) => {
  let node = boxes.get(module.box);
  let full = "";
  for (const segment of module.name.split(".")) {
    full = full ? `${full}.${segment}` : segment;
    if (!node.children.has(segment)) node.children.set(segment, makeNode(segment, full, node));
    node = node.children.get(segment);
  }
  node.module = number;
  nodeOf[number] = node;
  for (let each = node; each; each = each.parent) {
    each.count += 1;
    if (module.knot !== null) each.knots.add(module.knot);
  }
});

function shorten(node) {
  // A package that holds nothing but one package is not worth a box of its own.
  for (const [segment, child] of [...node.children]) {
    let last = child;
    while (last.module === null && last.children.size === 1) {
      const [only] = last.children.values();
      only.label = `${last.label}.${only.label}`;
      last = only;
    }
    last.parent = node;
    node.children.set(segment, last);
    shorten(last);
  }
}
boxes.forEach(shorten);
const roots = [...boxes.values()];

function everyNode(visit, nodes = roots) {
  for (const node of nodes) {
    visit(node);
    everyNode(visit, node.children.values());
  }
}

function shownAs(number) {
  // The outermost folded node round a module, or the module's own.
  const way = [];
  for (let node = nodeOf[number]; node; node = node.parent) way.push(node);
  return way.reverse().find((node) => !node.open) ?? nodeOf[number];
}

// Drawing

let chosen = null;
let zoom = 1;

function draw() {
  const rows = byId("rows");
  rows.replaceChildren(...data.rows.map((names) =>
    element("div", { className: "row" }, ...names.map((name) => drawNode(boxes.get(name))))));
  drawArrows();
}

function drawNode(node) {
  const folds = node.children.size > 0;
  const button = element("button", { type: "button", title: node.full }, node.label);
  if (folds) button.append(element("small", {}, plural(node.count, "module")));
  button.addEventListener("click", () => {
    if (folds) node.open = !node.open;
    choose(node);
  });
  const dom = element("div", { className: "node" }, button);
  dom.dataset.name = node.full;
  dom.classList.toggle("box", node.parent === null);
  dom.classList.toggle("folds", folds);
  dom.classList.toggle("open", node.open);
  dom.classList.toggle("knotted", node.knots.size > 0 && !node.open);
  dom.classList.toggle("chosen", node === chosen);
  button.setAttribute("aria-expanded", folds ? String(node.open) : "");
  node.dom = dom;
  if (node.open) dom.append(element("div", { className: "children" }, ...[...node.children.values()].map(drawNode)));
  return dom;
}

function links(isCoarse) {
  // Between what is shown; coarse, between the boxes, but for what is forbidden, in a loop or of the chosen module.
  const found = new Map();
  const ids = new Map();
  const idOf = (node) => ids.get(node) ?? (ids.set(node, ids.size), ids.size - 1);
  for (const each of imports) {
    const isFine = !isCoarse || each.problem || each.inLoop || isOfChosen(each);
    const [from, to] = [each.importer, each.imported].map((number) =>
      isFine ? shownAs(number) : boxes.get(modules[number].box));
    if (from === to || holds(from, to) || holds(to, from)) continue;
    const key = `${idOf(from)} ${idOf(to)}`;
    if (!found.has(key)) found.set(key, { from, to, imports: [] });
    found.get(key).imports.push(each);
  }
  return [...found.values()];
}

function isOfChosen(each) {
  return chosen && !chosen.open && [each.importer, each.imported].some((number) =>
    nodeOf[number] === chosen || holds(chosen, nodeOf[number]));
}

function holds(outer, inner) {
  for (let node = inner.parent; node; node = node.parent) if (node === outer) return true;
  return false;
}

function drawArrows() {
  const lines = byId("lines");
  const canvas = byId("canvas").getBoundingClientRect();
  const places = new Map();
  const placeOf = (node) => {
    if (!places.has(node)) {
      const { left, top, width, height } = node.dom.getBoundingClientRect();
      places.set(node, {
        left: (left - canvas.left) / zoom, top: (top - canvas.top) / zoom, width: width / zoom, height: height / zoom,
      });
    }
    return places.get(node);
  };
  const all = links(false);
  const isCoarse = all.length > MANY_ARROWS;
  const shown = isCoarse ? links(true) : all;
  byId("notice").hidden = !isCoarse;
  const walls = roots.map(placeOf);
  const labels = [];
  lines.replaceChildren(...shown.map((link) => drawArrow(link, placeOf(link.from), placeOf(link.to), walls, labels)));
}

function drawArrow(link, from, to, walls, labels) {
  const forbidden = link.imports.filter((each) => each.problem).length;
  const loops = link.imports.some((each) => each.inLoop);
  const middle = (place) => [place.left + place.width / 2, place.top + place.height / 2];
  const [fromX, fromY] = middle(from);
  const [toX, toY] = middle(to);
  const length = Math.hypot(toX - fromX, toY - fromY) || 1;
  const bend = Math.min(130, length * 0.15);
  const control = [(fromX + toX) / 2 - ((toY - fromY) / length) * bend, (fromY + toY) / 2 + ((toX - fromX) / length) * bend];
  const start = border(from, control);
  const end = border(to, control);
  const at = (share) => [0, 1].map((axis) =>
    (1 - share) ** 2 * start[axis] + 2 * share * (1 - share) * control[axis] + share ** 2 * end[axis]);
  const isFree = ([x, y]) => !labels.some(([otherX, otherY]) => Math.abs(x - otherX) < 30 && Math.abs(y - otherY) < 15)
    && !walls.some((wall) =>
      x > wall.left - 6 && x < wall.left + wall.width + 6 && y > wall.top - 6 && y < wall.top + wall.height + 6);
  const [x, y] = SHARES.map(at).find(isFree) ?? at(0.5);
  labels.push([x, y]);
  const kind = `${forbidden ? " forbidden" : ""}${loops ? " loop" : ""}`;
  const path = `M${start} Q${control} ${end}`;
  const group = document.createElementNS(SVG, "g");
  const make = (tag, attributes) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    group.append(made);
    return made;
  };
  group.setAttribute("class", "link");
  group.dataset.link = `${link.from.full} -> ${link.to.full}`;
  make("path", { class: `arrow${kind}`, d: path, "marker-end": "url(#tip)" });
  const hit = make("path", { class: "hit", d: path, tabindex: 0, role: "button", "aria-label": group.dataset.link });
  make("text", { class: `count${kind}`, x, y }).textContent =
    link.imports.length + (forbidden && forbidden < link.imports.length ? ` (${forbidden})` : "");
  const pick = () => {
    document.querySelectorAll(".link.picked").forEach((each) => each.classList.remove("picked"));
    group.classList.add("picked");
    showImports(`${link.from.full} → ${link.to.full}`, link.imports);
  };
  hit.addEventListener("click", pick);
  hit.addEventListener("keydown", (event) => { if (event.key === "Enter") pick(); });
  return group;
}

function border({ left, top, width, height }, [towardX, towardY]) {
  // Where the line from a rectangle's middle towards a point leaves the rectangle.
  const [x, y] = [left + width / 2, top + height / 2];
  const [goX, goY] = [towardX - x, towardY - y];
  const share = Math.min(goX ? width / 2 / Math.abs(goX) : Infinity, goY ? height / 2 / Math.abs(goY) : Infinity);
  return Number.isFinite(share) ? [x + goX * Math.min(share, 1), y + goY * Math.min(share, 1)] : [x, y];
}

// The panel

function showImports(heading, found, more = []) {
  const list = element("ul");
  const ordered = [...found].sort((one, other) => Number(Boolean(other.problem)) - Number(Boolean(one.problem)));
  for (const each of ordered.slice(0, MANY_LINES)) {
    const [importer, imported] = [modules[each.importer], modules[each.imported]];
    const item = element("li", {},
      ...each.lines.flatMap((line) => [element("code", {}, `${importer.path}:${line}`), element("br")]),
      `${importer.name} → ${imported.name}`);
    if (each.problem) item.append(element("div", { className: "problem" }, `forbidden: ${each.problem}`));
    list.append(item);
  }
  const left = ordered.length - MANY_LINES;
  byId("panel").replaceChildren(
    element("h2", {}, heading),
    element("p", {}, plural(found.length, "import") + (left > 0 ? `, the first ${MANY_LINES} of them` : "")),
    list, ...more);
}

function showNode(node) {
  const inside = (number) => nodeOf[number] === node || holds(node, nodeOf[number]);
  const outgoing = imports.filter((each) => inside(each.importer) && !inside(each.imported));
  const incoming = imports.filter((each) => !inside(each.importer) && inside(each.imported));
  showImports(`${node.full} imports`, outgoing);
  const first = [...byId("panel").childNodes];
  showImports(`Who imports ${node.full}`, incoming);
  byId("panel").prepend(...first);
}

function showLoops() {
  byId("panel").replaceChildren(element("h2", {}, plural(data.loops.length, "loop")), element("ul", {},
    ...data.loops.map((loop) => {
      const button = element("button", { type: "button" }, "show");
      button.addEventListener("click", () => {
        loop.forEach(reveal);
        draw();
        for (const number of loop) nodeOf[number].dom.classList.add("chosen");
        nodeOf[loop[0]].dom.scrollIntoView({ block: "center", inline: "center" });
      });
      return element("li", {}, loop.map((number) => modules[number].name).join(" → "), " ", button);
    })));
}

function reveal(number) {
  for (let node = nodeOf[number].parent; node; node = node.parent) node.open = true;
}

function choose(node) {
  chosen = node;
  draw();
  showNode(node);
}

// The controls

function search() {
  const words = byId("search").value.trim().toLowerCase();
  const found = words ? modules.map((module, number) => [module.name, number])
    .filter(([name]) => name.toLowerCase().includes(words)).slice(0, 50) : [];
  const list = byId("matches");
  list.hidden = !words;
  list.replaceChildren(...(found.length || !words ? found : [["Nothing found", null]]).map(([name, number]) => {
    const button = element("button", { type: "button", disabled: number === null }, name);
    button.addEventListener("click", () => goTo(number));
    return element("li", {}, button);
  }));
}

function goTo(number) {
  byId("matches").hidden = true;
  reveal(number);
  choose(nodeOf[number]);
  nodeOf[number].dom.scrollIntoView({ block: "center", inline: "center" });
}

function setZoom(value) {
  zoom = Math.min(2, Math.max(0.2, value));
  byId("canvas").style.transform = `scale(${zoom})`;
  drawArrows();
}

function unfold(isOpen) {
  everyNode((node) => { node.open = isOpen && node.children.size > 0; });
  draw();
}

const forbidden = imports.filter((each) => each.problem);
byId("title").textContent = `${data.title}: ${plural(modules.length, "module")}, ${plural(imports.length, "import")}`;
byId("forbidden").textContent = `${forbidden.length} forbidden`;
byId("forbidden").disabled = forbidden.length === 0;
byId("forbidden").addEventListener("click", () => showImports("Forbidden imports", forbidden));
byId("loops").textContent = plural(data.loops.length, "loop");
byId("loops").disabled = data.loops.length === 0;
byId("loops").addEventListener("click", showLoops);
byId("unfold").addEventListener("click", () => unfold(true));
byId("fold").addEventListener("click", () => unfold(false));
byId("larger").addEventListener("click", () => setZoom(zoom * 1.25));
byId("smaller").addEventListener("click", () => setZoom(zoom / 1.25));
byId("view").addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  setZoom(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
}, { passive: false });
byId("search").addEventListener("input", search);
byId("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") byId("matches").querySelector("button:not(:disabled)")?.click();
  if (event.key === "Escape") byId("matches").hidden = true;
});
window.addEventListener("resize", drawArrows);

if (modules.length <= FEW_MODULES) everyNode((node) => { node.open = node.children.size > 0; });
draw();
byId("panel").append(element("h2", {}, data.title), element("p", {},
  "Click on an arrow to see the imports it stands for, on a box to fold or unfold it. Red arrows are forbidden (in "
  + "brackets how many of them, if not all), dashed ones are part of a loop."));
