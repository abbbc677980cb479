import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import { stepsOf, viewers } from '../insights.fixture.js';
import { gatedRenderer, openReports, type GatedRenderer, type Reports } from './report.fixture.js';

describe('cancelling a report', () => {
  let reports: Reports;
  let pdf: GatedRenderer;
  beforeEach(async () => {
    pdf = gatedRenderer();
    reports = await openReports({ pdf });
  });
  afterEach(() => reports.subgraph.stop());

  const eventCount = () => reports.subgraph.running.database.em.fork().count(OutboxEventEntity);

  it('ends one that is being made, and leaves no file', async () => {
    const id = await reports.request();
    await pdf.asked;

    const cancelled = (await reports.cancel(viewers.clerk, id)).data?.['cancelReport'];
    pdf.letIn();
    const other = await reports.request({ range: '24h' });
    await reports.untilState(other, 'DONE');

    expect(cancelled).toMatchObject({
      userErrors: [],
      reportJob: { state: 'CANCELLED', progressPercent: 70, finishedAt: expect.any(String), file: null },
    });
    expect((await reports.find(viewers.manager, id)).data?.['reportJob']).toMatchObject({
      state: 'CANCELLED',
      file: null,
    });
    expect(await reports.files.get(`brands/brd_ours/reports/${id}.pdf`)).toBeNull();
    expect(await stepsOf(reports.subgraph, id)).toEqual(['QUEUED 0', 'RUNNING 70', 'CANCELLED 70']);
    expect(
      await reports.subgraph.running.database.em
        .fork()
        .find(JobEntity, {}, { fields: ['state'], orderBy: { id: 'asc' } }),
    ).toMatchObject([{ state: 'CANCELLED' }, { state: 'DONE' }]);
  });

  it('happens once when four ask at once', async () => {
    const id = await reports.request();
    await pdf.asked;

    const answers = await Promise.all(Array.from({ length: 4 }, () => reports.cancel(viewers.manager, id)));

    const codes = answers.map((answer) => answer.data?.['cancelReport'].userErrors[0]?.code ?? 'DONE');
    expect(codes.sort()).toEqual(['DONE', 'INVALID_STATE', 'INVALID_STATE', 'INVALID_STATE']);
    expect(await stepsOf(reports.subgraph, id)).toEqual(['QUEUED 0', 'RUNNING 70', 'CANCELLED 70']);
  });

  it('is refused once the report is done', async () => {
    pdf.letIn();
    const id = await reports.request();
    await reports.untilState(id, 'DONE');

    const answer = await reports.cancel(viewers.manager, id);

    expect(answer.data?.['cancelReport']).toEqual({
      reportJob: null,
      userErrors: [{ code: 'INVALID_STATE', field: ['status'] }],
    });
    expect((await reports.find(viewers.manager, id)).data?.['reportJob'].state).toBe('DONE');
  });

  it.each([
    ['the manager of another brand', viewers.stranger, 'NOT_FOUND'],
    ['a reader of figures', viewers.analyst, 'FORBIDDEN'],
  ])('is denied to %s and changes nothing', async (_who, viewer, code) => {
    const id = await reports.request();
    await pdf.asked;
    const before = [await eventCount(), (await reports.find(viewers.manager, id)).data];

    const answer = await reports.cancel(viewer, id);

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    expect([await eventCount(), (await reports.find(viewers.manager, id)).data]).toEqual(before);
  });

  it('of a report that does not exist is NOT_FOUND', async () => {
    expect((await reports.cancel(viewers.manager, 'rep_none')).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});
