import { until } from '../../../platform/jobs/jobs.fixture.js';
import { outlets, statementsOf, viewers } from '../insights.fixture.js';
import { gatedRenderer, openReports, type GatedRenderer, type Reports } from './report.fixture.js';

const LIST = `query ($outletId: ID, $brandId: ID, $state: ReportState, $first: Int, $after: String) {
  reportJobs(outletId: $outletId, brandId: $brandId, state: $state, first: $first, after: $after) {
    edges { node { id state outlet { id } file { url } } } pageInfo { hasNextPage endCursor } } }`;

describe('the list of reports', () => {
  let reports: Reports;
  let pdf: GatedRenderer;
  beforeEach(async () => {
    pdf = gatedRenderer();
    reports = await openReports({ pdf });
  });
  afterEach(() => reports.subgraph.stop());

  const list = async (variables: object, viewer = viewers.manager) => {
    const { reportJobs } = (await reports.subgraph.run(viewer, LIST, { ...variables })).data ?? {};
    return reportJobs;
  };
  const idsOf = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id);

  it('INS-07 has those of the viewer’s places, of an outlet, of a brand or in a state, the newest first, a page at a time', async () => {
    const ids: string[] = [];
    for (const outletId of [outlets.cafe, outlets.bistro, outlets.cafe]) ids.push(await reports.request({ outletId }));
    await reports.send(viewers.stranger, { outletId: outlets.foreign });
    const [first = '', second = '', third = ''] = ids;
    await reports.cancel(viewers.manager, second);

    const page = await list({ first: 2 });
    const rest = await list({ first: 2, after: page.pageInfo.endCursor });

    expect([idsOf(page), page.pageInfo.hasNextPage, idsOf(rest), rest.pageInfo.hasNextPage]).toEqual([
      [third, second],
      true,
      [first],
      false,
    ]);
    expect(idsOf(await list({ outletId: outlets.cafe }))).toEqual([third, first]);
    expect(idsOf(await list({ state: 'CANCELLED' }))).toEqual([second]);
    expect(idsOf(await list({ brandId: 'brd_ours' }))).toEqual([third, second, first]);
    expect(idsOf(await list({ brandId: 'brd_theirs' }))).toEqual([]);
    expect(idsOf(await list({}, viewers.clerk))).toEqual([third, first]);
  });

  it.each([0, 101])('GW-06 refuses a page of %i', async (first) => {
    const answer = await reports.subgraph.run(viewers.manager, LIST, { first });

    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('costs the same number of statements for 1, 20 and 100 reports', async () => {
    const costs: number[] = [];
    for (const [from, to] of [
      [0, 1],
      [1, 20],
      [20, 100],
    ] as const) {
      for (let index = from; index < to; index += 1) await reports.request();
      // Two jobs run at a time and stand at the gate; until they do, they read and write the same table.
      await until(() => pdf.calls >= Math.min(to, 2));
      const cost = await statementsOf(reports.subgraph, async () =>
        expect((await list({ first: 100 })).edges).toHaveLength(to),
      );
      costs.push(cost);
    }

    expect(costs).toEqual([1, 1, 1]);
  }, 60_000);
});
