/** A small plot as SVG: lines over sizes, both axes logarithmic. */

export interface Plot {
  title: string;
  lines: { label: string; points: { x: number; y: number }[] }[];
}

const WIDTH = 640;
const HEIGHT = 340;
/** What surrounds the lines; their names stand on the right. */
const MARGIN = { top: 40, right: 140, bottom: 40, left: 60 };
const COLOURS = ['#b3261e', '#1f5fa8', '#2e7d32', '#8a6d00', '#6a3fa0'];
/** Names of lines that end close to each other stand apart, in units of the picture. */
const LINE_HEIGHT = 16;

/** Draws the lines; every value has to be above zero. */
export function plot({ title, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const xs = [...new Set(points.map(({ x }) => x))].toSorted((one, other) => one - other);
  const decades = (values: number[]): [number, number] => [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  const [low, high] = decades(points.map(({ y }) => y));
  const [left, right] = [Math.log10(xs[0] ?? 1), Math.log10(xs.at(-1) ?? 10)];
  const inner = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const atX = (x: number): number => MARGIN.left + (inner.width * (Math.log10(x) - left)) / (right - left || 1);
  const atY = (y: number): number =>
    HEIGHT - MARGIN.bottom - (inner.height * (Math.log10(y) - low)) / (high - low || 1);
  const text = (x: number, y: number, words: string, rest = ''): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${rest}>${words}</text>`;
  const grid = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).map((value) => {
    const y = atY(value);
    return `<path d="M${MARGIN.left} ${y.toFixed(1)}h${inner.width}" stroke="#ddd"/>${text(MARGIN.left - 8, y + 4, String(Number(value.toPrecision(1))), ' text-anchor="end"')}`;
  });
  const sizes = xs.map((x) =>
    text(atX(x), HEIGHT - MARGIN.bottom + 20, x.toLocaleString('en'), ' text-anchor="middle"'),
  );
  const drawn = lines.map(({ points: of }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '#000';
    const path = of.map(({ x, y }) => `${atX(x).toFixed(1)} ${atY(y).toFixed(1)}`);
    const dots = of.map(
      ({ x, y }) => `<circle cx="${atX(x).toFixed(1)}" cy="${atY(y).toFixed(1)}" r="3" fill="${colour}"/>`,
    );
    return `<path d="M${path.join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`;
  });
  let floor = HEIGHT;
  const names = lines
    .map(({ label, points: of }, index) => ({
      label,
      y: atY(of.at(-1)?.y ?? 1),
      colour: COLOURS[index % COLOURS.length],
    }))
    .toSorted((one, other) => other.y - one.y)
    .map(({ label, y, colour }) => {
      floor = Math.min(y, floor - LINE_HEIGHT);
      return text(WIDTH - MARGIN.right + 10, floor + 4, label, ` fill="${colour}"`);
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${text(MARGIN.left, 22, title, ' font-size="14" font-weight="bold"')}
${[...grid, ...sizes, ...drawn, ...names].join('\n')}
</svg>
`;
}
