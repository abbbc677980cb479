import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { renderChart } from './chart.js';
import { createPdfRenderer } from './pdf-renderer.js';
import { readPdfPages } from './pdf-text.js';

const renderer = createPdfRenderer();
afterAll(() => renderer.close());

const pagesOf = async (template: string, data: unknown = null) =>
  readPdfPages(await renderer.render({ template, data }));

const TABLE = `#let data = json("data.json")
#set page(paper: "a4", numbering: "1 / 1")
= #data.title
#table(columns: 3, table.header[Nr][Dish][Amount], ..data.rows.flatten())`;

// A picture of one pixel.
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const tableOf = (title: string, length: number) => ({
  title,
  rows: Array.from({ length }, (_, at) => [`${at + 1}`, `Dish ${at + 1}`, `₹${at}.50`]),
});

describe('the PDF renderer', () => {
  it('makes a PDF whose long table repeats its header and numbers its pages', async () => {
    const pdf = await renderer.render({ template: TABLE, data: tableOf('Sales', 100) });

    expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
    const pages = readPdfPages(pdf);
    expect(pages).toHaveLength(3);
    expect(pages.map((page) => page.includes('Nr Dish Amount'))).toEqual([true, true, true]);
    expect(pages.map((page) => page.slice(-5))).toEqual(['1 / 3', '2 / 3', '3 / 3']);
    expect(pages[0]).toContain('Sales Nr Dish Amount 1 Dish 1 ₹0.50 2 Dish 2 ₹1.50');
    expect(pages[2]).toContain('100 Dish 100 ₹99.50');
  });

  it('gives the same bytes for the same request, now and later', async () => {
    const request = { template: TABLE, data: tableOf('Sales', 3) };

    const first = await renderer.render(request);
    await pause(1100);
    const second = await renderer.render(request);

    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('answers requests made at once each with its own document', async () => {
    const pdfs = await Promise.all(
      ['Downtown', 'Harbour'].map((title) => renderer.render({ template: TABLE, data: tableOf(title, 1) })),
    );

    expect(pdfs.map((pdf) => readPdfPages(pdf)[0]?.split(' ')[0])).toEqual(['Downtown', 'Harbour']);
  });

  it.each([
    '#read("/etc/passwd")',
    '*bold* _it_ `raw`',
    '= Title',
    '$x^2$ \\ // no',
    '<script>@ref</script>',
    '#{1+1}',
  ])('prints %s from the data as text', async (note) => {
    expect(await pagesOf('#json("data.json").note', { note })).toEqual([note]);
  });

  it('has the glyphs of ₹, Hindi and Arabic, regular and bold', async () => {
    const text = '₹ € क्षत्रिय स्त्री गुरुवार مرحبا بالعالم ١٢٣';

    const [page] = await pagesOf('#json("data.json") *#json("data.json")*', text);

    expect(page).toMatch(/^₹ € .*₹ € /);
    expect(page).not.toContain('□');
  });

  it('shows a box for a sign none of its fonts has, whatever fonts the machine has', async () => {
    expect(await pagesOf('#json("data.json")', 'a 漢 ♜ b')).toEqual(['a □ □ b']);
  });

  it('takes text no JSON reader takes: a NUL and half a surrogate pair', async () => {
    expect(await pagesOf('#json("data.json")', 'a\u0000b\ud800c')).toHaveLength(1);
  });

  it('sets the words of a picture itself, so that they can be read', async () => {
    const chart = renderChart(
      { xAxis: { type: 'category', data: ['Mon'] }, yAxis: {}, series: [{ type: 'bar', data: [7] }] },
      { width: 300, height: 200 },
    );

    const pdf = await renderer.render({
      template: '#image("week.svg", width: 100%)',
      data: null,
      images: { 'week.svg': chart },
    });

    expect(readPdfPages(pdf)[0]?.split(' ')).toEqual(['1', '2', '3', '4', '5', '6', 'Mon']);
  });
});

describe('the sandbox of the PDF renderer', () => {
  it.each([
    ['a syntax error', '#let x = (1,', 'unclosed delimiter'],
    ['an unknown name', '#dish(1)', 'unknown variable: dish'],
    ['a value the data lack', '#json("data.json").total', 'cannot access fields on type none'],
    ['a file of the machine', '#read("/etc/passwd")', 'file not found (searched at etc/passwd)'],
    ['a file above', '#read("../../package.json")', 'access denied'],
    ['a package', '#import "@preview/cetz:0.3.0": canvas', 'cannot use the word "import"'],
    ['a package by another word', '#include "@preview/cetz:0.3.0"', 'cannot use the word "include"'],
    ['source in a text', '#eval("1")', 'cannot use the word "eval"'],
    ['source by a detour', '#(dictionary(std).at("ev" + "al"))("1")', 'cannot use the word "std"'],
    ['the clock', '#datetime.today().display()', 'takes the time from its data'],
  ])('refuses %s', async (_what, template, message) => {
    await expect(renderer.render({ template, data: null })).rejects.toThrow(message);
  });

  it('lets prose be prose', async () => {
    expect(await pagesOf('An important interval of standard retrieval.')).toEqual([
      'An important interval of standard retrieval.',
    ]);
  });

  it.each(['../a.svg', '/a.svg', 'a.png', '', 'data.json'])('refuses a picture named "%s"', async (name) => {
    const request = { template: 'x', data: null, images: { [name]: '<svg/>' } };
    await expect(renderer.render(request)).rejects.toThrow('is not a file name for an SVG image');
  });

  it.each(['href', 'xlink:href'])('reads no file that a picture names by %s', async (attribute) => {
    const folder = await mkdtemp(join(tmpdir(), 'pdf-'));
    const dot = Buffer.from(DOT, 'base64');
    await writeFile(join(folder, 'dot.png'), dot);
    const sizeWith = async (address: string) => {
      const image = `<image ${attribute}="${address}" width="5" height="5"/>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">${image}</svg>`;
      return (await renderer.render({ template: '#image("a.svg")', data: 1, images: { 'a.svg': svg } })).length;
    };

    const [absent, inside, named, byUrl] = [
      await sizeWith(join(folder, 'none.png')),
      await sizeWith(`data:image/png;base64,${DOT}`),
      await sizeWith(join(folder, 'dot.png')),
      await sizeWith(`file://${folder}/dot.png`),
    ];
    await rm(folder, { recursive: true });

    expect(inside).toBeGreaterThan(absent);
    expect([named, byUrl]).toEqual([absent, absent]);
  });

  it('forgets the files of the request before', async () => {
    await renderer.render({
      template: '#image("a.svg")',
      data: 1,
      images: { 'a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>' },
    });
    await expect(renderer.render({ template: '#image("a.svg")', data: 1 })).rejects.toThrow('file not found');
  });

  it('refuses data that are not JSON', async () => {
    await expect(renderer.render({ template: 'x', data: undefined })).rejects.toThrow('must be JSON');
    await expect(renderer.render({ template: 'x', data: { amount: 1n } })).rejects.toThrow('BigInt');
  });
});
