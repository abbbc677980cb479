import type { EChartsOption } from 'echarts';
import { renderChart } from './chart.js';
import { liftTexts } from './svg-text.js';

const size = { width: 400, height: 200 };
const option: EChartsOption = {
  title: { text: 'Sales, ₹ <b> & "more"' },
  xAxis: { type: 'category', data: ['Mon', 'Tue', 'Wed'], axisLabel: { rotate: 90 } },
  yAxis: {},
  series: [
    {
      type: 'bar',
      data: [10, 20, 30],
      itemStyle: { color: { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: '#123456' }] } },
    },
    { type: 'line', data: [30, 20, 10], lineStyle: { color: '#abcdef' } },
  ],
};

describe('a chart', () => {
  it('draws each value of each series, in the size asked for', () => {
    const svg = renderChart(option, size);

    expect(svg).toMatch(/^<svg width="400" height="200" [^>]*viewBox="0 0 400 200">/);
    const marks = Array.from(
      svg.matchAll(/ecmeta_series_index="(\d)" ecmeta_data_index="(\d)"/g),
      ([, series, at]) => `${series}.${at}`,
    );
    expect(marks).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
    expect(svg).toContain('stop-color="#123456"');
    expect(svg).toContain('stroke="#abcdef"');
    expect(svg).toContain('>Sales, ₹ &lt;b&gt; &amp; &quot;more&quot;</text>');
    expect(svg).toContain('font-family:Noto Sans, Noto Sans Devanagari, Noto Sans Arabic');
  });

  it('is equal for equal input, and stands still', () => {
    const first = renderChart(option, size);

    expect(renderChart(option, size)).toBe(first);
    expect(first).toContain('fill="url(#chart-g0)"');
    expect(first).toContain('id="chart-g0"');
    expect(first).not.toMatch(/zr\d|<style|<animate|hover/);
  });

  it('leaves the option it was given as it was', () => {
    const copy = structuredClone(option);
    renderChart(option, size);
    expect(option).toEqual(copy);
  });
});

describe('the texts of a picture', () => {
  const text = (attributes: string, content = 'Rice') =>
    `<svg width="400" height="200"><path d="M0 0"/><text dominant-baseline="central" ${attributes}>${content}</text></svg>`;
  const plain = { text: 'Rice', x: 10, y: 20, angle: 0, anchor: 0, size: 12, weight: 'regular', color: '#000' };

  it.each([
    ['moved', text('style="font-size:12px;" x="3" y="4" transform="translate(7 16)"'), plain],
    ['in the middle', text('text-anchor="middle" style="font-size:12px" x="10" y="20"'), { ...plain, anchor: 0.5 }],
    [
      'turned',
      text(
        'text-anchor="end" style="font: normal bold 12px Noto" x="5" transform="matrix(0,-1,1,0,10,25)" fill="rgb(255,0,10)"',
      ),
      { ...plain, angle: -90, anchor: 1, weight: 'bold', color: '#ff000a' },
    ],
    [
      'escaped',
      text('style="font-size:12px" x="10" y="20"', '&lt;b&gt; &amp;amp; &quot;'),
      { ...plain, text: '<b> &amp; "' },
    ],
  ])('are taken out when %s', (_how, svg, expected) => {
    expect(liftTexts(svg)).toEqual({
      svg: '<svg width="400" height="200"><path d="M0 0"/></svg>',
      width: 400,
      height: 200,
      texts: [expected],
    });
  });

  it.each([
    ['of a named colour', text('style="font-size:12px" fill="red"')],
    ['without a size', text('fill="#000"')],
    ['with spans', text('style="font-size:12px"', '<tspan>a</tspan>')],
    ['moved by more than a matrix', text('style="font-size:12px" transform="rotate(4)"')],
    ['in a moved group', text('style="font-size:12px"').replace('<path d="M0 0"/>', '<g transform="scale(2)"></g>')],
    ['in a picture without a size', text('style="font-size:12px"').replace('width="400"', '')],
  ])('stay when %s', (_how, svg) => {
    expect(liftTexts(svg)).toMatchObject({ svg, texts: [] });
  });
});
