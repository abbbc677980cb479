import { readPdfPages } from '../../../platform/documents/pdf-text.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import { completedOrder, outlets, payment, stepsOf, tell, viewers } from '../insights.fixture.js';
import { ReportJobEntity } from './report-job.entity.js';
import { openReports, type Reports } from './report.fixture.js';

const LIST = `query ($outletId: ID) { reportJobs(outletId: $outletId) { edges { node { id } } } }`;
const ENTITIES = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on ReportJob { id state } } }';

describe('a report that is asked for', () => {
  let reports: Reports;
  beforeEach(async () => void (reports = await openReports()));
  afterEach(() => reports.subgraph.stop());

  it('INS-05 INS-06 INS-08 becomes a PDF whose total is the payments of its business days, behind a link that ends', async () => {
    const { subgraph, files } = reports;
    await tell(subgraph, [
      ...completedOrder({ businessDay: '2026-03-07', paid: [77_700, 'CASH'] }),
      ...completedOrder({ businessDay: '2026-03-08', lines: [['dosa', 1, 15_001]], paid: [15_001, 'CASH'] }),
      ...completedOrder({ businessDay: '2026-03-14', lines: [['tea', 2, 9_000]], paid: [9_000, 'CARD'] }),
      payment({ businessDay: '2026-03-14', paid: [99, 'UPI'] }),
      ...completedOrder({ outletId: outlets.bistro, paid: [50_000, 'CASH'] }),
    ]);

    const asked = (await reports.send(viewers.clerk)).data?.['requestReport'];
    const done = await reports.untilState(asked.reportJob.id, 'DONE');
    const pathAndQuery = done.file.url.slice('http://localhost'.length);
    const pdf = await reports.download(`brands/brd_ours/reports/${done.id}.pdf`);
    const [page = ''] = readPdfPages(pdf);

    expect(asked).toMatchObject({
      userErrors: [],
      reportJob: {
        state: 'QUEUED',
        progressPercent: 0,
        file: null,
        finishedAt: null,
        range: '7d',
        outlet: { id: outlets.cafe },
      },
    });
    expect(done).toMatchObject({
      state: 'DONE',
      progressPercent: 100,
      fromDay: '2026-03-08',
      toDay: '2026-03-14',
      error: null,
    });
    expect(done.file).toMatchObject({
      fileName: 'sales-Downtown-Cafe-2026-03-08-to-2026-03-14.pdf',
      sizeBytes: pdf.byteLength,
      total: { amount: '241.00', currency: 'INR' },
    });
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(page).toContain('Paid ₹241.00 Sales ₹240.01');
    expect(page).toContain('Sun, 8 Mar 2026 1 2 ₹150.01 ₹150.01');
    expect(page).toContain('Sat, 14 Mar 2026 1 2 ₹90.00 ₹90.99');
    expect(page).toContain('Total paid ₹241.00');
    const expiresAt = new Date(done.file.expiresAt);
    expect(files.verifySignedUrl(pathAndQuery, new Date(expiresAt.getTime() - 1))).toEqual({
      key: `brands/brd_ours/reports/${done.id}.pdf`,
      fileName: done.file.fileName,
    });
    expect(files.verifySignedUrl(pathAndQuery, expiresAt)).toBe('EXPIRED');
    expect(files.verifySignedUrl(pathAndQuery.replace('brd_ours', 'brd_theirs'), subgraph.clock.now())).toBe('INVALID');
  });

  it('has a link of 15 minutes from the asking, each time a new one', async () => {
    const { clock } = reports.subgraph;
    const id = await reports.request();
    const first = (await reports.untilState(id, 'DONE')).file;
    clock.advance(10 * 60_000);
    const askedAt = clock.now().getTime();
    const second = (await reports.find(viewers.manager, id)).data?.['reportJob'].file;

    const livesMs = new Date(second.expiresAt).getTime() - askedAt;
    expect(livesMs).toBeGreaterThan(15 * 60_000 - 1_000);
    expect(livesMs).toBeLessThanOrEqual(15 * 60_000);
    expect(second.url).not.toBe(first.url);
  });

  it.each([
    ['30d', [16, 32, 49, 65, 70]],
    ['24h', [70]],
  ])('INS-07 shows its steps: %s', async (range, percents) => {
    const id = await reports.request({ range });
    await reports.untilState(id, 'DONE');

    expect(await stepsOf(reports.subgraph, id)).toEqual([
      'QUEUED 0',
      ...percents.map((percent) => `RUNNING ${percent}`),
      'RUNNING 90',
      'DONE 100',
    ]);
  });

  it('I11 is one report for one key, whoever repeats it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => reports.send(viewers.manager, {}, 'key-1')));
    const other = await reports.send(viewers.manager, { range: '30d' }, 'key-1');
    const byArgument = await reports.send(viewers.manager, { idempotencyKey: 'key-1' });
    const disagreeing = await reports.send(viewers.manager, { idempotencyKey: 'key-2' }, 'key-1');
    const byAnother = await reports.send(viewers.clerk, {}, 'key-1');

    const ids = answers.map((answer) => answer.data?.['requestReport'].reportJob.id);
    expect(new Set(ids).size).toBe(1);
    expect(other.data?.['requestReport']).toMatchObject({
      reportJob: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
    expect(byArgument.data?.['requestReport'].reportJob.id).toBe(ids[0]);
    expect(disagreeing.data?.['requestReport'].userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(byAnother.data?.['requestReport'].reportJob.id).not.toBe(ids[0]);
    expect(await counts()).toEqual({ reports: 2, jobs: 2 });
  });

  it('without a key is a report each time', async () => {
    await Promise.all([reports.request(), reports.request()]);

    expect(await counts()).toEqual({ reports: 2, jobs: 2 });
  });

  it.each(['', '8d', '2026-03-14..2026-03-01'])(
    'with the range %p is refused and nothing is asked for',
    async (range) => {
      const answer = await reports.send(viewers.manager, { range });

      expect(answer.data?.['requestReport']).toEqual({
        reportJob: null,
        userErrors: [{ code: 'INVALID_INPUT', field: ['range'], message: expect.stringContaining('Write "24h"') }],
      });
      expect(await counts()).toEqual({ reports: 0, jobs: 0 });
    },
  );

  it.each([
    ['the manager of the brand', viewers.manager, outlets.cafe, undefined],
    ['a clerk of the outlet', viewers.clerk, outlets.cafe, undefined],
    ['a clerk of another outlet', viewers.clerk, outlets.bistro, 'NOT_FOUND'],
    ['the manager of another brand', viewers.stranger, outlets.cafe, 'NOT_FOUND'],
    ['a manager at another brand’s outlet', viewers.manager, outlets.foreign, 'NOT_FOUND'],
    ['somebody who may only read figures', viewers.analyst, outlets.cafe, 'FORBIDDEN'],
  ])('may be asked for by %s: %#', async (_who, viewer, outletId, code) => {
    const answer = await reports.send(viewer, { outletId });
    const list = await reports.subgraph.run(viewer, LIST, { outletId });

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    expect(list.errors?.[0]?.extensions['code']).toBe(code);
    expect((await counts()).reports).toBe(code ? 0 : 1);
  });

  it('is seen by those who may ask for reports of its outlet', async () => {
    const id = await reports.request();
    await reports.untilState(id, 'DONE');
    const theirs = (await reports.send(viewers.stranger, { outletId: outlets.foreign })).data?.['requestReport']
      .reportJob.id;

    const codes = await Promise.all(
      [viewers.clerk, viewers.stranger, viewers.analyst].map(
        async (viewer) => (await reports.find(viewer, id)).errors?.[0]?.extensions['code'],
      ),
    );
    const entities = await reports.subgraph.run(viewers.manager, ENTITIES, {
      ids: [id, theirs].map((one) => ({ __typename: 'ReportJob', id: one })),
    });

    expect(codes).toEqual([undefined, 'NOT_FOUND', 'FORBIDDEN']);
    expect(entities.data?.['_entities']).toEqual([{ id, state: 'DONE' }, null]);
  });

  async function counts() {
    const em = reports.subgraph.running.database.em.fork();
    return { reports: await em.count(ReportJobEntity), jobs: await em.count(JobEntity) };
  }
});
