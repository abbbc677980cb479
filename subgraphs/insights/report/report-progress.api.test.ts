import type { Answer } from '../../../tests/harness/subgraph.js';
import { stepsOf, viewers } from '../insights.fixture.js';
import { gatedRenderer, openReports, type GatedRenderer, type Reports } from './report.fixture.js';

const PROGRESS = `subscription ($id: ID!, $since: String) { reportProgress(reportJobId: $id, since: $since) {
  cursor at state progressPercent reportJob { id state progressPercent file { fileName } } } }`;

describe('the progress of a report', () => {
  let reports: Reports;
  let pdf: GatedRenderer;
  beforeEach(async () => {
    pdf = gatedRenderer();
    reports = await openReports({ pdf });
  });
  afterEach(() => reports.subgraph.stop());

  // Waits at the renderer's door, with every step until then published.
  const atTheDoor = async (input: object = {}) => {
    const id = await reports.request(input);
    await pdf.asked;
    await reports.subgraph.running.relay.flush();
    return id;
  };
  const open = async (variables: object, viewer = viewers.manager) => {
    const stream = await reports.subgraph.subscribe(viewer, PROGRESS, { ...variables });
    if (!(Symbol.asyncIterator in stream)) throw new Error(`Refused: ${stream.errors?.[0]?.extensions['code']}`);
    return stream;
  };
  const take = async (stream: AsyncIterableIterator<Answer>, count: number) => {
    const events: any[] = [];
    while (events.length < count) events.push((await stream.next()).value.data.reportProgress);
    return events;
  };

  it('INS-07 is told step by step, each with the report as it is then', async () => {
    const id = await atTheDoor();
    const stream = await open({ id });
    pdf.letIn();

    const [almost, done] = await take(stream, 2);
    await stream.return?.();

    expect(almost).toMatchObject({ state: 'RUNNING', progressPercent: 90, reportJob: { id } });
    expect(done).toMatchObject({
      state: 'DONE',
      progressPercent: 100,
      reportJob: { id, state: 'DONE', progressPercent: 100, file: { fileName: expect.any(String) } },
    });
  });

  it('goes on after a cursor and misses nothing, and tells nothing of other reports', async () => {
    const id = await atTheDoor({ range: '30d' });
    const first = await open({ id });
    pdf.letIn();
    const [seen] = await take(first, 1);
    await first.return?.();
    await reports.untilState(id, 'DONE');
    await reports.untilState(await reports.request(), 'DONE');
    const again = await open({ id, since: seen.cursor });

    const [done] = await take(again, 1);
    const silence = await Promise.race([again.next(), new Promise((resolve) => setTimeout(resolve, 200, 'silence'))]);
    await again.return?.();

    expect([seen.progressPercent, done.progressPercent, silence]).toEqual([90, 100, 'silence']);
    expect((await stepsOf(reports.subgraph, id)).at(-1)).toBe('DONE 100');
  });

  it.each([
    ['the manager of another brand', viewers.stranger, 'NOT_FOUND'],
    ['a reader of figures', viewers.analyst, 'FORBIDDEN'],
  ])('is denied to %s', async (_who, viewer, code) => {
    const id = await reports.request();

    await expect(open({ id }, viewer)).rejects.toThrow(`Refused: ${code}`);
    await expect(open({ id: 'rep_none' })).rejects.toThrow('Refused: NOT_FOUND');
  });

  it('from a cursor of another installation asks to read again', async () => {
    const id = await reports.request();

    await expect(open({ id, since: 'ep_01HZZZZZZZZZZZZZZZZZZZZZZZ.1' })).rejects.toThrow('Refused: RESYNC_REQUIRED');
    await expect(open({ id, since: 'nonsense' })).rejects.toThrow('Refused: BAD_USER_INPUT');
  });
});
