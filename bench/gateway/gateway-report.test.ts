import { profileRows, ratioRows } from './gateway-report.js';

const slice = (requests: number, cpuMs: number) => ({
  seconds: 1,
  cpuMs,
  latenciesMs: Array.from({ length: requests }, () => 4),
});

describe('the report of the gateway bench', () => {
  it('makes the first contender the measure of the others', () => {
    const rows = ratioRows([
      { name: 'stock', slices: [slice(10, 100), slice(20, 100)] },
      { name: 'ours', slices: [slice(20, 100), slice(60, 150)] },
    ]);

    expect(rows).toEqual([
      ['', 'requests/s', '', 'CPU a request', '', 'p50 ms', 'p99 ms'],
      ['stock', '1.00 (1.00–1.00)', '15', '1.00 (1.00–1.00)', '6.67 ms', '4.0', '4.0'],
      ['ours', '2.50 (2.00–3.00)', '40', '0.50 (0.50–0.50)', '3.13 ms', '4.0', '4.0'],
    ]);
  });

  it('turns samples into shares of what a request costs, the largest area first', () => {
    const rows = profileRows([
      { name: 'stock', cpuMsPerRequest: 8, areas: { sockets: 300, data: 100 } },
      { name: 'ours', cpuMsPerRequest: 4, areas: { data: 50, 'our gateway': 50 } },
    ]);

    expect(rows).toEqual([
      ['', 'stock', 'ours'],
      ['sockets', '6.00', '0.00'],
      ['data', '2.00', '2.00'],
      ['our gateway', '0.00', '2.00'],
      ['together', '8.00', '4.00'],
    ]);
  });
});
