import { inflateSync } from 'node:zlib';

interface PdfObject {
  dictionary: string;
  /** The stream's text, inflated; empty when there is none. */
  stream: string;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
// What stands between the parentheses of a string; those that pair up within it are written as they are, here up to three deep.
const INNER = [1, 2, 3].reduce((inner) => String.raw`(?:\\[^]|[^\\()]|\(${inner}\))*`, String.raw`(?:\\[^]|[^\\()])*`);
// A font's name, or a string of glyphs: in parentheses or as hexadecimal digits. Only text operators use these.
const TEXT_PARTS = new RegExp(String.raw`\/(F\d+) [\d.]+ Tf|\((${INNER})\)|<([\da-f]+)>|\bET\b`, 'gi');

/**
 * The words of each page of a PDF made by the renderer, runs separated by a blank, so that tests can read what was printed.
 * It knows the one form that renderer writes. Scripts whose signs change places or join come out incomplete; a sign no font
 * has comes out as □.
 */
export function readPdfPages(pdf: Uint8Array): string[] {
  const objects = readObjects(Buffer.from(pdf).toString('latin1'));
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const fonts = fontsOf(objects, follow(objects, dictionary, 'Resources').dictionary);
    return textOf(follow(objects, dictionary, 'Contents').stream, fonts);
  });
}

function readObjects(file: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  const start = /(\d+) 0 obj\n/g;
  for (let match = start.exec(file); match !== null; match = start.exec(file)) {
    const body = file.slice(start.lastIndex);
    const dictionary = /^[^]*?(?=stream\n|endobj)/.exec(body)?.[0] ?? '';
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const bytes = body.slice(dictionary.length + 'stream\n'.length).slice(0, length);
    objects.set(match[1] ?? '', { dictionary, stream: dictionary.includes('/FlateDecode') ? inflate(bytes) : '' });
    // A stream may hold by chance what looks like an object.
    start.lastIndex += dictionary.length + length;
  }
  return objects;
}

function inflate(bytes: string): string {
  return inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1');
}

function follow(objects: Map<string, PdfObject>, dictionary: string, name: string): PdfObject {
  const id = new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1] ?? '';
  const object = objects.get(id);
  if (object === undefined) throw new Error(`The PDF has no /${name} where one is expected.`);
  return object;
}

type Glyphs = Map<number, string>;

function fontsOf(objects: Map<string, PdfObject>, resources: string): Map<string, Glyphs> {
  const fonts = new Map<string, Glyphs>();
  for (const [, name = ''] of resources.matchAll(/\/(F\d+) \d+ 0 R/g)) {
    const font = follow(objects, resources, name);
    fonts.set(name, readGlyphs(follow(objects, font.dictionary, 'ToUnicode').stream));
  }
  return fonts;
}

function readGlyphs(characterMap: string): Glyphs {
  const glyphs: Glyphs = new Map();
  for (const [, glyph = '', text = ''] of characterMap.matchAll(/^<([\da-f]{4})> <([\da-f]+)>$/gim)) {
    glyphs.set(Number.parseInt(glyph, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'));
  }
  return glyphs;
}

function textOf(content: string, fonts: Map<string, Glyphs>): string {
  let glyphs: Glyphs = new Map();
  let text = '';
  for (const [, font, literal, hex] of content.matchAll(TEXT_PARTS)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
    else if (literal !== undefined) text += decode(Buffer.from(plain(literal), 'latin1'), glyphs);
    else if (hex !== undefined) text += decode(Buffer.from(hex, 'hex'), glyphs);
    else text += ' ';
  }
  return text.replaceAll(/\s+/g, ' ').trim();
}

function plain(literal: string): string {
  return literal.replaceAll(/\\([0-7]{1,3}|[^])/g, (_match, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}

function decode(codes: Buffer, glyphs: Glyphs): string {
  let text = '';
  for (let at = 0; at + 1 < codes.length; at += 2) {
    const glyph = codes.readUInt16BE(at);
    // Glyph 0 of every font is the box that stands for a sign the font lacks.
    text += glyph === 0 ? '□' : (glyphs.get(glyph) ?? '');
  }
  return text;
}
