/** What a screen reader is given of a page: its accessibility tree, as lines that a person can review. */
import type { ElementHandle, Page, SerializedAXNode } from 'puppeteer-core';

/** Boxes that are not announced; what is in them is. */
const SILENT = new Set([
  ...[
    'RootWebArea',
    'none',
    'generic',
    'paragraph',
    'LabelText',
    'Legend',
    'Figcaption',
    'time',
    'emphasis',
    'strong',
    'ListMarker',
  ],
  ...['sectionheader', 'sectionfooter'],
]);
/** These are announced where they have a name. */
const NAMED = new Set(['group', 'form']);
/** Of these the name is read out, and nothing of what is in them. */
const CONTROLS = new Set([
  ...['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'switch', 'heading'],
  'DisclosureTriangle',
  'DisclosureTriangleGrouped',
]);
/** Letters of a text, which other tests read whole. */
const LONGEST = 70;

/** What is not the same on every machine and day. */
const steady = (text: string): string =>
  text
    .replace(/\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}/g, 'DATE')
    .replace(/\b\d{1,2}:\d{2}(:\d{2})?\s?[AP]M/g, 'TIME')
    .replace(/\b[\d.,]+ (byte|kB|MB|GB)\b/g, 'SIZE');

const quoted = (text: string): string => {
  const line = steady(text.replace(/\s+/g, ' ').trim());
  return `"${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}"`;
};

/** The states that are read out with a role and a name. */
function statesOf(node: SerializedAXNode): string[] {
  const states: [string, boolean][] = [
    ['focused', node.focused === true],
    ['disabled', node.disabled === true],
    ['checked', node.checked === true],
    ['not checked', node.checked === false],
    ['pressed', node.pressed === true],
    ['not pressed', node.pressed === false],
    ['open', node.expanded === true],
    ['closed', node.expanded === false],
    ['modal', node.modal === true],
    [`level ${node.level}`, node.level !== undefined && node.role === 'heading'],
    [`opens ${node.haspopup}`, node.haspopup !== undefined],
    [`value ${quoted(String(node.value))}`, node.value !== undefined && node.value !== ''],
    [`described ${quoted(node.description ?? '')}`, node.description !== undefined],
  ];
  return states.flatMap(([state, isSo]) => (isSo ? [state] : []));
}

interface Line {
  depth: number;
  /** The paragraph that it is of. */
  block: SerializedAXNode | undefined;
  /** Empty for text. */
  role: string;
  name: string;
  states: string;
}

function linesOf(node: SerializedAXNode, depth: number, block?: SerializedAXNode): Line[] {
  const { role, name = '', children = [] } = node;
  const around = role === 'paragraph' ? node : block;
  const inner = (depth: number): Line[] => children.flatMap((child) => linesOf(child, depth, around));
  if (role === 'StaticText') return name.trim() ? [{ depth, block, role: '', name, states: '' }] : [];
  if (SILENT.has(role) || (NAMED.has(role) && !name)) return inner(depth);
  const line = {
    depth,
    block,
    role: role.startsWith('DisclosureTriangle') ? 'disclosure' : role,
    name,
    states: statesOf(node).join(', '),
  };
  return [line, ...(CONTROLS.has(role) ? [] : inner(depth + 1))];
}

/** A sentence that is cut into several texts is one line; the words that name what they stand beside, or in, are not read again. */
function joined(lines: readonly Line[]): Line[] {
  const result: Line[] = [];
  for (const line of lines) {
    const last = result.at(-1);
    const isText = line.role === '';
    const isBeside = last?.depth === line.depth;
    if (last && isText && last.name === line.name && (isBeside || last.depth === line.depth - 1)) continue;
    if (last && isBeside && last.role === '' && last.name === line.name) result.pop();
    if (last && isBeside && isText && last.role === '' && line.block && last.block === line.block)
      last.name += ` ${line.name}`;
    else result.push({ ...line });
  }
  return result;
}

/**
 * What is read out, in its order: role, name and states, a line each, indented as it is nested.
 *
 * @param selector of the part of the page, for the overlay behind `>>>`; the whole page without it
 */
export async function spokenIn(shown: Page, selector?: string): Promise<string> {
  const root = selector === undefined ? undefined : ((await shown.waitForSelector(selector)) as ElementHandle<Node>);
  const tree = await shown.accessibility.snapshot({ interestingOnly: false, ...(root && { root }) });
  if (!tree) throw new Error('The page has no accessibility tree.');
  const lines = joined(linesOf(tree, 0)).map(
    ({ depth, role, name, states }) =>
      '  '.repeat(depth) + [role, name && quoted(name), states && `(${states})`].filter(Boolean).join(' '),
  );
  return `${lines.join('\n')}\n`;
}
