import { init } from 'echarts';
import type { EChartsOption } from 'echarts';
import { fontFamilies } from './pdf-template.js';

/** A chart as SVG text for a document, width and height in pixels: nothing moves, and the same option gives the same text. */
export function renderChart(option: EChartsOption, size: { width: number; height: number }): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    const textStyle = { fontFamily: fontFamilies.join(', '), ...option.textStyle };
    chart.setOption({ ...option, textStyle, animation: false });
    return withOwnIds(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** The library numbers ids and classes through the life of the process; classes serve the mouse alone, and ids get a fixed prefix. */
function withOwnIds(svg: string): string {
  // Texts of the option cannot match: their quotes and angle brackets are escaped.
  return svg
    .replace(/<style ><!\[CDATA\[[^]*?\]\]>\s*<\/style>\s*/g, '')
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/(?<= id="|"url\(#)zr\d+-/g, 'chart-');
}
