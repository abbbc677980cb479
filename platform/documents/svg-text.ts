/** A text of a picture: where it stands in the picture's pixels, how it is turned (degrees, clockwise), and how it looks. */
export interface PictureText {
  text: string;
  x: number;
  y: number;
  angle: number;
  /** The part of the text's width that stands left of `x`: 0, 0.5 or 1. */
  anchor: number;
  size: number;
  weight: 'regular' | 'bold';
  color: string;
}

/** A picture without its texts, and the texts, so that the document sets them. */
export interface LiftedPicture {
  svg: string;
  width: number;
  height: number;
  texts: PictureText[];
}

const ANCHORS: Record<string, number> = { start: 0, middle: 0.5, end: 1 };
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/**
 * Takes the texts out of an SVG, because Typst's own SVG text puts Devanagari marks in wrong places and lacks glyphs where
 * scripts are mixed. What is not understood (another baseline, a named colour, a moved group, spans) stays where it is.
 */
export function liftTexts(svg: string): LiftedPicture {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  const [width, height] = [numberOf(root, 'width'), numberOf(root, 'height')];
  const texts: PictureText[] = [];
  if (!width || !height || /<g\b[^>]*\btransform=/.test(svg)) return { svg, width: 0, height: 0, texts };
  const rest = svg.replace(/<text\b([^>]*)>([^<]*)<\/text>/g, (element, attributes: string, content: string) => {
    const text = readText(attributes, content);
    if (text === null) return element;
    texts.push(text);
    return '';
  });
  return { svg: rest, width, height, texts };
}

function readText(attributes: string, content: string): PictureText | null {
  const anchor = ANCHORS[attribute(attributes, 'text-anchor') ?? 'start'];
  const color = hexColor(attribute(attributes, 'fill') ?? '#000');
  const matrix = readTransform(attribute(attributes, 'transform') ?? 'translate(0 0)');
  const style = attribute(attributes, 'style') ?? '';
  const size = Number(/([\d.]+)px/.exec(style)?.[1]);
  const isCentral = attribute(attributes, 'dominant-baseline') === 'central';
  if (anchor === undefined || color === null || matrix === null || !size || !isCentral) return null;
  const [a, b, c, d, e, f] = matrix;
  const [x, y] = [numberOf(attributes, 'x') ?? 0, numberOf(attributes, 'y') ?? 0];
  return {
    text: content.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity),
    x: a * x + c * y + e,
    y: b * x + d * y + f,
    angle: (Math.atan2(b, a) * 180) / Math.PI,
    anchor,
    size: size * Math.hypot(a, b),
    weight: /\bbold\b/.test(style) ? 'bold' : 'regular',
    color,
  };
}

type Matrix = [number, number, number, number, number, number];

function readTransform(transform: string): Matrix | null {
  const [, kind, list = ''] = /^(translate|matrix)\(([^)]*)\)$/.exec(transform) ?? [];
  const [a, b = 0, c, d, e, f] = list
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (a === undefined) return null;
  if (kind === 'translate') return [1, 0, 0, 1, a, b];
  return c === undefined || d === undefined || e === undefined || f === undefined ? null : [a, b, c, d, e, f];
}

function hexColor(color: string): string | null {
  if (/^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(color)) return color;
  const channels = /^rgb\((\d+),\s*(\d+),\s*(\d+)\)$/.exec(color)?.slice(1);
  return channels ? `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}` : null;
}

function attribute(attributes: string, name: string): string | null {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
}

function numberOf(attributes: string, name: string): number | null {
  const value = Number.parseFloat(attribute(attributes, name) ?? '');
  return Number.isFinite(value) ? value : null;
}
