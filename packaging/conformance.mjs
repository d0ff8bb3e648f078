// Walks through forms in ODK's own web engine. Reads one request per line, {"form", "seed", "steps", "files", "moment"}, and answers each
// with one line, {"steps", "states"} or {"error"}. Needs the npm packages @getodk/xforms-engine and jsdom in the current folder.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const here = createRequire(path.join(process.cwd(), 'package.json'));
const { JSDOM } = here('jsdom');
const page = new JSDOM('<!doctype html>', { url: 'http://localhost' }).window;
const names = ['DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document', 'XPathResult', 'XMLDocument', 'Text', 'Attr', 'document',
  'window', 'HTMLElement', 'CDATASection', 'Comment', 'ProcessingInstruction', 'DocumentFragment', 'NodeFilter'];
for (const name of names) if (!(name in globalThis)) globalThis[name] = page[name];
for (const name of ['File', 'Blob', 'FormData']) globalThis[name] = page[name];
globalThis.__dirname = '.';
const root = path.join(process.cwd(), 'node_modules/@getodk/xforms-engine');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const entry = manifest.exports?.['.']?.import?.default ?? manifest.exports?.['.']?.import ?? manifest.module ?? manifest.main;
const { loadForm, constants } = await import(pathToFileURL(path.join(root, entry)));

const Clock = Date;
let moment = Clock.now();
globalThis.Date = class extends Clock {
  constructor(...given) { super(...(given.length ? given : [moment])); }
  static now() { return moment; }
};

const LEAVES = new Set(['input', 'select', 'model-value', 'note', 'trigger', 'range', 'rank', 'upload']);
const ASKED = new Set(['input', 'select', 'trigger', 'range', 'rank']);
const TEXTS = ['', 'a', 'Ana María', '5', '12', 'yes', 'x y', '<b>&', '2024-02-29', '-3.5', 'b'];

function chance(seed) {
  let state = seed >>> 0;
  const next = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 4294967296; };
  return { next, pick: (list) => list[Math.floor(next() * list.length)], below: (n) => Math.floor(next() * n) };
}

function nodes(node, found = []) {
  found.push(node);
  const children = node.currentState.children;
  if (Array.isArray(children)) for (const child of children) nodes(child, found);
  return found;
}

function text(range) {
  try { return range == null ? null : range.asString; } catch { return null; }
}

function look(node) {
  const state = node.currentState;
  const seen = { ref: state.reference, kind: node.nodeType, relevant: state.relevant };
  if (!LEAVES.has(node.nodeType)) return seen;
  seen.readonly = state.readonly;
  seen.required = state.required;
  seen.value = state.instanceValue ?? (state.value == null ? '' : String(state.value));
  seen.valid = node.validationState?.violation == null;
  seen.label = text(state.label);
  seen.hint = text(state.hint);
  if (node.nodeType === 'select' || node.nodeType === 'rank') {
    seen.options = state.valueOptions.map((item) => ({ value: item.value, label: text(item.label) }));
  }
  return seen;
}

function typed(node, random) {
  const day = () => `${1950 + random.below(90)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
  switch (node.valueType) {
    case 'int': return String(random.below(120) - 5);
    case 'decimal': return (random.next() * 100).toFixed(2);
    case 'date': return day();
    case 'string': case 'barcode': return random.pick(TEXTS);
    case 'dateTime': return `${day()}T${String(random.below(24)).padStart(2, '0')}:30:00.000Z`;
    case 'time': return `${String(random.below(24)).padStart(2, '0')}:15:00.000`;
    default: return undefined;
  }
}

function enter(node, value) {
  if (value === '') node.setValue(['string', 'barcode', 'binary'].includes(node.valueType) ? '' : null);
  else node.setValue(node.valueType === 'int' ? BigInt(value) : node.valueType === 'decimal' ? Number(value) : value);
}

function answer(node, random) {
  const ref = node.currentState.reference;
  if (node.nodeType === 'select' || node.nodeType === 'rank') {
    const offered = node.currentState.valueOptions.map((item) => item.value).sort();
    if (node.nodeType === 'rank') {
      const order = offered.map((value) => [random.next(), value]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
      node.setValues(order);
      return { set: ref, value: order.join(' ') };
    }
    const blank = random.next() < 0.15 || !offered.length;
    const chosen = blank ? [] : node.selectType === 'select' ? offered.filter(() => random.next() < 0.4) : [random.pick(offered)];
    node.selectValues(chosen);
    return { set: ref, value: chosen.join(' ') };
  }
  if (node.nodeType === 'trigger') {
    const on = random.next() < 0.5;
    node.setValue(on);
    return { set: ref, value: on ? 'OK' : '' };
  }
  if (node.nodeType === 'range') {
    const bounds = node.definition?.bodyElement?.bounds ?? node.definition?.bounds;
    const low = Number(bounds?.min?.() ?? bounds?.min ?? 1);
    const value = String(Number.isFinite(low) ? low : 1);
    node.setValue(node.valueType === 'int' ? BigInt(value) : Number(value));
    return { set: ref, value };
  }
  const value = random.next() < 0.1 ? '' : typed(node, random);
  if (value === undefined) return undefined;
  enter(node, value);
  return { set: ref, value };
}

function step(form, random) {
  const all = nodes(form);
  const ranges = all.filter((node) => /repeat-range/.test(node.nodeType) && node.currentState.relevant && typeof node.addInstances === 'function');
  const dice = random.next();
  if (ranges.length && dice < 0.12) {
    const range = random.pick(ranges);
    if (range.currentState.children.length >= 4) return undefined;
    range.addInstances();
    return { add: range.currentState.reference };
  }
  if (ranges.length && dice < 0.17) {
    const range = random.pick(ranges);
    const count = range.currentState.children.length;
    if (!count || typeof range.removeInstances !== 'function') return undefined;
    const index = random.below(count);
    const ref = range.currentState.children[index].currentState.reference;
    range.removeInstances(index);
    return { remove: ref };
  }
  if (form.languages.length > 1 && dice < 0.2) {
    const language = random.pick(form.languages);
    form.setLanguage(language);
    return { language: language.language };
  }
  const asked = all.filter((node) => ASKED.has(node.nodeType) && node.currentState.relevant && !node.currentState.readonly);
  return asked.length ? answer(random.pick(asked), random) : null;
}

async function attachment(folder, url) {
  const file = path.join(folder, decodeURIComponent(String(url)).split('/').pop());
  if (!fs.existsSync(file)) return new Response('', { status: 404 });
  const type = file.endsWith('.csv') ? 'text/csv' : file.endsWith('json') ? 'application/geo+json' : 'text/xml';
  return new Response(fs.readFileSync(file), { status: 200, headers: { 'content-type': type } });
}

async function walk({ form: file, seed, steps: count, files, taken, moment: now }) {
  if (now) moment = now;
  const opened = performance.now();
  const loaded = await loadForm(fs.readFileSync(file, 'utf8'), {
    fetchFormAttachment: (url) => attachment(files, url),
    missingResourceBehavior: constants?.MISSING_RESOURCE_BEHAVIOR?.BLANK ?? 'BLANK',
  });
  if (loaded.status === 'failure') return { error: String(loaded.error?.message || loaded.error) };
  const form = loaded.createInstance().root;
  const random = chance(seed);
  const dump = () => nodes(form).filter((node) => LEAVES.has(node.nodeType) || node.nodeType === 'group').map(look);
  const steps = [];
  const states = [dump()];
  const times = [performance.now() - opened];
  for (let tries = 0; steps.length < count && tries < 20 * count; tries += 1) {
    const from = performance.now();
    let done;
    try { done = taken ? repeat(form, taken[steps.length]) : step(form, random); } catch (error) { return { error: `step ${steps.length}: ${error.message}`, steps, states }; }
    if (done === null) break;
    if (done === undefined) continue;
    steps.push(done);
    states.push(dump());
    times.push(performance.now() - from);
  }
  return { steps, states: taken ? states.slice(-1) : states, times };
}

function repeat(form, done) {
  if (!done) return null;
  const node = nodes(form).find((each) => each.currentState.reference === (done.set ?? done.add));
  if (done.add) { node.addInstances(); return done; }
  if (node.nodeType === 'select') node.selectValues(done.value ? done.value.split(' ') : []);
  else enter(node, done.value);
  return done;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let found;
  try { found = await walk(JSON.parse(line)); } catch (error) { found = { error: String(error?.message ?? error) }; }
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
process.exit(0);
