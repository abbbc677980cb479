import { planCluster, portsNeeded } from './plan.js';

describe('the plan of a cluster', () => {
  it('gives each role its processes and each process its port', () => {
    const ports = Array.from({ length: portsNeeded(2) }, (_, index) => 20_000 + index);

    const { processes, subgraphUrls } = planCluster(2, ports);

    expect(processes.map(({ port }) => port)).toEqual(ports);
    expect(processes.slice(4, 6)).toEqual([
      { name: 'orders-1', role: 'orders', program: 'subgraph.js', args: ['orders'], port: 20_004 },
      { name: 'orders-2', role: 'orders', program: 'subgraph.js', args: ['orders'], port: 20_005 },
    ]);
    expect(processes.slice(10).map(({ name, program, args }) => [name, program, args])).toEqual([
      ['worker-1', 'worker.js', []],
      ['worker-2', 'worker.js', []],
      ['gateway-1', 'gateway.js', []],
      ['gateway-2', 'gateway.js', []],
    ]);
    expect(subgraphUrls).toBe(
      'accounts=http://127.0.0.1:20000|http://127.0.0.1:20001,layout=http://127.0.0.1:20002|http://127.0.0.1:20003,' +
        'orders=http://127.0.0.1:20004|http://127.0.0.1:20005,inventory=http://127.0.0.1:20006|http://127.0.0.1:20007,' +
        'insights=http://127.0.0.1:20008|http://127.0.0.1:20009',
    );
  });
});
