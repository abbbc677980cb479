import { readdirSync } from 'node:fs';
import { readPdfPages } from '../../../platform/documents/pdf-text.js';
import { createPdfRenderer } from '../../../platform/documents/pdf-renderer.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import type { FileStorage } from '../../../platform/ports/files.js';
import { makeTestPlace, type TestPlace } from '../../../tests/harness/target.js';
import { completedOrder, stepsOf, tell, viewers } from '../insights.fixture.js';
import { gatedRenderer, openReports } from './report.fixture.js';

const LONG_MS = 60_000;

describe('a report whose worker is lost', () => {
  let place: TestPlace;
  beforeEach(() => void (place = makeTestPlace()));
  afterEach(() => place.remove());

  it.each([
    ['stops in good order', { isDeaf: false }],
    // Its process is gone in effect: it never writes again, and its lease has to run out.
    ['hangs and never comes back', { isDeaf: true }],
  ])(
    'F1 R13 goes on from its checkpoint on another that starts when the first %s: one file, done once',
    async (_what, behaviour) => {
      const pdf = gatedRenderer(behaviour);
      const first = await openReports({ place, pdf });
      await tell(first.subgraph, completedOrder({ businessDay: '2026-03-10', paid: [30_000, 'CASH'] }));
      const id = await first.request({ range: '30d' });
      await pdf.asked;
      await first.subgraph.stop();

      const second = await openReports({ place, start: '2026-03-14T12:01:00.000Z' });
      const done = await second.untilState(id, 'DONE');
      const steps = await stepsOf(second.subgraph, id);
      const jobs = await second.subgraph.running.database.em.fork().find(JobEntity, {});
      const page = readPdfPages(await second.download(`brands/brd_ours/reports/${id}.pdf`)).join(' ');
      await second.subgraph.stop();

      expect(done).toMatchObject({ progressPercent: 100, file: { total: { amount: '300.00' } } });
      // The days are collected once: the second worker begins where the first one was.
      expect(steps).toEqual([
        'QUEUED 0',
        'RUNNING 16',
        'RUNNING 32',
        'RUNNING 49',
        'RUNNING 65',
        'RUNNING 70',
        'RUNNING 90',
        'DONE 100',
      ]);
      expect(jobs).toMatchObject([{ state: 'DONE', fence: 2, attempts: 0 }]);
      expect(pdf.calls).toBe(1);
      expect(page).toContain('Total paid ₹300.00');
      expect(readdirSync(`${place.dataDir}/files/brands/brd_ours/reports`)).toEqual([`${id}.pdf`]);
    },
    LONG_MS,
  );

  it(
    'R13 finishes once even when the lost worker comes back after the other has finished',
    async () => {
      const zombie = gatedRenderer({ isDeaf: true });
      const first = await openReports({ place, pdf: zombie });
      const id = await first.request();
      await zombie.asked;
      // The lease of the first runs out while it still lives.
      const second = await openReports({ place, start: '2026-03-14T12:01:00.000Z' });
      const done = await second.untilState(id, 'DONE');
      zombie.letIn();
      await first.subgraph.stop();
      const after = (await second.find(viewers.manager, id)).data?.['reportJob'];
      const steps = await stepsOf(second.subgraph, id);
      await second.subgraph.stop();

      expect({ ...after, file: { ...after.file, url: '', expiresAt: '' } }).toEqual({
        ...done,
        file: { ...done.file, url: '', expiresAt: '' },
      });
      expect(steps.filter((step) => step === 'DONE 100')).toHaveLength(1);
    },
    LONG_MS,
  );
});

describe('a report that cannot be made', () => {
  it(
    'F8 fails with a reason for people after its attempts, leaves no file, and the next one works',
    async () => {
      let isFull = true;
      const full = (files: FileStorage): FileStorage => ({
        ...files,
        put: async (...file) => {
          if (isFull) throw new Error('ENOSPC: no space left on device, write /data/secret-path');
          await files.put(...file);
        },
      });
      const reports = await openReports({ files: full });
      const id = await reports.request();
      const failed = await reports.untilState(id, 'FAILED');
      isFull = false;
      const next = await reports.request();
      const done = await reports.untilState(next, 'DONE');
      const steps = await stepsOf(reports.subgraph, id);
      const file = await reports.files.get(`brands/brd_ours/reports/${id}.pdf`);
      await reports.subgraph.stop();

      expect(failed).toMatchObject({ file: null, progressPercent: 90, finishedAt: expect.any(String) });
      expect(failed.error).toBe(
        'The report could not be made. Ask for it again; if that fails too, tell support its id.',
      );
      expect(steps.at(-1)).toBe('FAILED 90');
      expect(steps.filter((step) => step === 'RUNNING 90')).toHaveLength(3);
      expect(file).toBeNull();
      expect(done.file.total.amount).toBe('0.00');
    },
    LONG_MS,
  );

  it(
    'is tried again when setting its pages fails once',
    async () => {
      const real = createPdfRenderer();
      let failures = 1;
      const pdf = {
        ...real,
        render: async (...request: Parameters<typeof real.render>) => {
          if (failures-- > 0) throw new Error('The PDF worker stopped.');
          return real.render(...request);
        },
      };
      const reports = await openReports({ pdf });
      const id = await reports.request();
      const done = await reports.untilState(id, 'DONE');
      const steps = await stepsOf(reports.subgraph, id);
      await reports.subgraph.stop();

      expect(done.error).toBeNull();
      expect(steps).toEqual(['QUEUED 0', 'RUNNING 70', 'RUNNING 90', 'DONE 100']);
    },
    LONG_MS,
  );
});
