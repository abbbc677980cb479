import { instant } from '../platform/process/clock.js';
import { reportText } from './queue-report-text.js';

const now = instant('2026-03-14T12:00:00.000Z');
const nothing = { queued: 0, delayed: 0, running: 0, done: 0, failed: 0 };
const quiet = { subgraph: 'layout', families: [{ family: 'reports', ...nothing }], running: [], failed: [] } as const;

describe('the text of the queues', () => {
  it('has a table alone where nothing runs, fails or is repeated', () => {
    expect(reportText({ ...quiet, schedules: [] }, now).split('\n')).toEqual([
      'layout',
      '  family   queued  delayed  running  done 24 h  failed 24 h',
      '  reports       0        0        0          0            0',
      '',
    ]);
  });

  it('has a line for each running job, failed job and schedule', () => {
    const job = { id: 'job_1', kind: 'render', family: 'reports', progress: 40, attempt: 2 };
    const text = reportText(
      {
        subgraph: 'insights',
        families: [{ family: 'notifications', queued: 1_234, delayed: 2, running: 3, done: 4, failed: 5 }],
        running: [
          { ...job, leaseUntil: instant('2026-03-14T12:00:06Z') },
          { ...job, leaseUntil: instant('2026-03-14T11:59:00Z') },
        ],
        failed: [{ ...job, attempts: 3, reason: 'no paper:\n  tray 2', failedAt: instant('2026-03-14T10:00:00Z') }],
        schedules: [
          {
            id: 'nightly',
            kind: 'close',
            cron: '0 4 * * *',
            timeZone: 'Asia/Kolkata',
            nextAt: instant('2026-03-14T22:30Z'),
          },
          { id: 'new', kind: 'close', cron: '0 4 * * *', timeZone: 'UTC', nextAt: null },
        ],
      },
      now,
    );

    expect(text.split('\n')).toEqual([
      'insights',
      '  family         queued  delayed  running  done 24 h  failed 24 h',
      '  notifications    1234        2        3          4            5',
      '  running',
      '    render job_1 (reports): 40 %, attempt 2, lease until 2026-03-14T12:00:06.000Z',
      '    render job_1 (reports): 40 %, attempt 2, lease ended 2026-03-14T11:59:00.000Z',
      '  given up in the last 24 h',
      '    render job_1 (reports): attempt 3, 2026-03-14T10:00:00.000Z: no paper: tray 2',
      '  schedules',
      '    nightly (close): 0 4 * * * in Asia/Kolkata, next 2026-03-14T22:30:00.000Z',
      '    new (close): 0 4 * * * in UTC, not started yet',
      '',
    ]);
  });
});
