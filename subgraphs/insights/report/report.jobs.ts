import { z } from 'zod';
import { daysBetween } from '../../../platform/domain/business-day.js';
import { tenantKey } from '../../../platform/domain/tenant-key.js';
import type { JobHandler, RunningJob } from '../../../platform/jobs/job-handler.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { getAnyOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { listTimeSales, listTopItems } from '../summary/summary.queries.js';
import { salesByHour } from '../summary/summary.rules.js';
import type { ReportJobEntity } from './report-job.entity.js';
import { dayFigures, totalsOf, type DayFigures } from './report.figures.js';
import { failReport, finishReport, renderReportKind, showProgress } from './report.operations.js';
import { getReport, listDayFigures } from './report.queries.js';
import { fileNameOf } from './report.text.js';

const DAYS_AT_ONCE = 7;
const TOP_ITEMS = 10;
const COLLECTED_PERCENT = 70;
const RENDERED_PERCENT = 90;

/** Makes the file of a report: collects its days, a week between two checkpoints, sets the pages and stores them. */
export const renderReport: JobHandler<{ reportId: string }> = {
  kind: renderReportKind,
  family: 'reports',
  maxAttempts: 3,
  payload: z.object({ reportId: z.string() }),
  run: async (job, { reportId }) => {
    const { context } = job;
    const report = await getReport(context.em, context.viewer, reportId);
    const outlet = await getAnyOutlet(context.em, report.outletId);
    const days = await collectDays(job, report);
    const pdf = await renderPages(job, { report, outlet, days });
    // A report that was cancelled meanwhile ends here, before it leaves a file.
    await save(job, { report, days, percent: RENDERED_PERCENT });
    const fileKey = tenantKey(report.brandId, 'reports', `${report.id}.pdf`);
    await context.ports.files.put(fileKey, pdf, 'application/pdf');
    const { paidMinor } = totalsOf(days);
    const fileName = fileNameOf(outlet.name, { from: report.fromDay, to: report.toDay });
    const file = { fileKey, fileName, fileSizeBytes: pdf.byteLength, totalMinor: paidMinor, now: context.clock.now() };
    return (em) => finishReport(em, report, file);
  },
  giveUp: failReport,
};

async function collectDays(job: RunningJob, report: ReportJobEntity): Promise<DayFigures[]> {
  const { outletId, fromDay, toDay } = report;
  const all = daysBetween(fromDay, toDay);
  const days: DayFigures[] = job.checkpoint === null ? [] : dayFigures.parse(job.checkpoint);
  while (days.length < all.length) {
    job.signal.throwIfAborted();
    const week = all.slice(days.length, days.length + DAYS_AT_ONCE);
    const range = { outletId, from: week.at(0) ?? fromDay, to: week.at(-1) ?? toDay };
    days.push(...(await listDayFigures(job.context.em, range)));
    await save(job, { report, days, percent: Math.floor((COLLECTED_PERCENT * days.length) / all.length) });
  }
  return days;
}

async function renderPages(
  job: RunningJob,
  facts: { report: ReportJobEntity; outlet: OutletReplicaEntity; days: DayFigures[] },
): Promise<Uint8Array> {
  const { em, clock, ports } = job.context;
  const { report, outlet, days } = facts;
  const range = { from: report.fromDay, to: report.toDay };
  const topItems = await listTopItems(em, { outletId: outlet.id, ...range }, TOP_ITEMS);
  const hours =
    range.from === range.to
      ? salesByHour(await listTimeSales(em, { outletId: outlet.id, businessDay: range.from }), outlet)
      : null;
  // Loaded by the first page that is made: drawing charts weighs as much as all the rest, and most processes never do.
  const { salesReportRequest } = await import('./report.document.js');
  return ports.pdf.render(
    salesReportRequest({ outlet, range, days, topItems, hours, madeAt: clock.now() }),
    job.signal,
  );
}

function save(
  job: RunningJob,
  { report, days, percent }: { report: ReportJobEntity; days: DayFigures[]; percent: number },
): Promise<void> {
  return job.save({ percent, checkpoint: days, effect: (em) => showProgress(em, report, percent) });
}
