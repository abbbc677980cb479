import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { once, requireIdempotencyKey } from '../../../platform/data/idempotency.js';
import { record } from '../../../platform/data/outbox.js';
import { placeScope, unscoped } from '../../../platform/data/tenant-scope.js';
import { businessDayOf } from '../../../platform/domain/business-day.js';
import { newId } from '../../../platform/domain/id.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { ReportJobEntity, type FinishedFile } from './report-job.entity.js';
import { reportProgressed } from './report.events.js';
import { getReport, lockReport } from './report.queries.js';
import { parseRange } from './report.range.js';

/** The kind of the job that makes reports. */
export const renderReportKind = 'render-report';

const COULD_NOT_BE_MADE = 'The report could not be made. Ask for it again; if that fails too, tell support its id.';

/** A report somebody wants. */
export interface RequestReport {
  readonly outletId: string;
  readonly type: 'SALES';
  readonly range: string;
  readonly format: 'PDF';
  readonly idempotencyKey?: string | null;
}

/** Asks for a report, which a job then makes; the same request under one key is one report. */
export function requestReport(context: Context, command: RequestReport): Promise<ReportJobEntity> {
  const { viewer, unitOfWork, clock } = context;
  const { idempotencyKey, ...input } = command;
  const hasKey = Boolean(idempotencyKey ?? context.idempotencyKey);
  const key = hasKey ? requireIdempotencyKey(idempotencyKey, context.idempotencyKey) : null;
  return unitOfWork(async (em) => {
    // Before the key is looked at: who may no longer see the outlet does not get the earlier report either.
    const outlet = await getOutlet(em, { viewer, slug: 'reports.request', outletId: command.outletId });
    const add = () => addReport(context, em, { ...input, outlet });
    const id =
      key === null
        ? await add()
        : await once(em, { viewer, operation: 'requestReport', key, input, now: clock.now() }, add);
    await em.flush();
    return getReport(em, viewer, id);
  });
}

type NewReport = Omit<RequestReport, 'outletId' | 'idempotencyKey'> & { outlet: OutletReplicaEntity };

async function addReport(
  { viewer, clock, jobs }: Context,
  em: SqlEntityManager,
  { outlet, ...command }: NewReport,
): Promise<string> {
  const { type, range, format } = command;
  const now = clock.now();
  const { from, to } = parseRange(range, businessDayOf(now, outlet));
  const id = newId('rep');
  const jobId = await jobs.enqueue(em, { kind: renderReportKind, payload: { reportId: id } });
  const place = { brandId: outlet.brandId, outletId: outlet.id, currency: outlet.currency };
  const asked = { type, range, format, fromDay: from, toDay: to, requestedById: viewer.id, requestedAt: now };
  const report = Object.assign(new ReportJobEntity(), { id, jobId, ...place, ...asked });
  em.persist(report);
  record(em, reportProgressed(report));
  return id;
}

/** Ends a report that is not finished; nothing more is made of it. */
export function cancelReport({ viewer, unitOfWork, jobs, clock }: Context, id: string): Promise<ReportJobEntity> {
  return unitOfWork(async (em) => {
    const { jobId, brandId, outletId } = await getReport(em, viewer, id);
    requirePermission(viewer, 'reports.request', { brandId, outletId });
    // The job's row first, as the worker takes the two; whether the report may still be cancelled is decided under both locks.
    await jobs.cancel(em, jobId);
    const report = await lockReport(em, placeScope({ brandId, outletId }), { id });
    report.cancel(clock.now());
    record(em, reportProgressed(report));
    return report;
  });
}

/** A report that its job has found. */
type KnownReport = Pick<ReportJobEntity, 'id' | 'brandId'>;

/** Shows how far the work on a report is. */
export async function showProgress(em: SqlEntityManager, { id, brandId }: KnownReport, percent: number): Promise<void> {
  const report = await lockReport(em, placeScope({ brandId }), { id });
  report.progress(percent);
  record(em, reportProgressed(report));
}

/** Ends a report with its file. */
export async function finishReport(
  em: SqlEntityManager,
  { id, brandId }: KnownReport,
  { now, ...file }: FinishedFile & { now: Date },
): Promise<void> {
  const report = await lockReport(em, placeScope({ brandId }), { id });
  report.finish(file, now);
  record(em, reportProgressed(report));
}

/** Ends the report of a job that was given up. */
export async function failReport(em: SqlEntityManager, jobId: string): Promise<void> {
  const job = await em.findOneOrFail(JobEntity, { id: jobId }, { disableIdentityMap: true });
  const scope = unscoped('a job that is given up knows its own id only');
  const report = await lockReport(em, scope, { jobId });
  report.fail(COULD_NOT_BE_MADE, job.finishedAt ?? job.createdAt);
  record(em, reportProgressed(report));
}
