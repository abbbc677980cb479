import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { tenantScope, type ScopedConditions, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { daysBetween } from '../../../platform/domain/business-day.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { listDays, listPaymentMix, type OutletDays } from '../summary/summary.queries.js';
import { ReportJobEntity } from './report-job.entity.js';
import type { DayFigures } from './report.figures.js';
import type { ReportState } from './report.state.js';

/** One report at a place where the viewer may ask for reports, as it is now; null otherwise. */
export function findReport(em: SqlEntityManager, viewer: Viewer, id: string): Promise<ReportJobEntity | null> {
  // A subscription reads the same report again and again with one em, which would remember the first answer.
  return em.findOne(ReportJobEntity, { $and: [visibleReports(viewer), { id }] }, { disableIdentityMap: true });
}

/** One report at a place where the viewer may ask for reports; NOT_FOUND otherwise. */
export async function getReport(em: SqlEntityManager, viewer: Viewer, id: string): Promise<ReportJobEntity> {
  const report = await findReport(em, viewer, id);
  if (!report) throw notFound('The report');
  return report;
}

/** Reports by id in the order asked; null where one is missing or invisible. */
export async function loadReports(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(ReportJobEntity | null)[]> {
  const rows = await em.find(ReportJobEntity, { $and: [visibleReports(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (report) => report.id);
}

/** Which reports a list shows. */
export interface ReportFilter {
  readonly brandId?: string | null;
  readonly outletId?: string | null;
  readonly state?: ReportState | null;
}

/** Reports of the viewer's places, the newest first. */
export function listReports(
  em: SqlEntityManager,
  viewer: Viewer,
  { filter, page }: { filter: ReportFilter; page: PageRequest },
): Promise<Page<ReportJobEntity>> {
  const { brandId, outletId, state } = filter;
  const where: ScopedConditions = [
    visibleReports(viewer),
    brandId ? { brandId } : {},
    outletId ? { outletId } : {},
    state ? { state } : {},
  ];
  return fetchPage(em, ReportJobEntity, { where, sort: [['id', 'desc']], page });
}

/** The report with its row locked, whoever asks; for those who have found it, and for the job that makes it. */
export async function lockReport(
  em: SqlEntityManager,
  scope: TenantScope,
  key: { id: string } | { jobId: string },
): Promise<ReportJobEntity> {
  const where = { $and: [scope, key] };
  const report = await em.findOne(ReportJobEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!report) throw notFound('The report');
  return report;
}

/** The figures of every business day of a range in order of time, zeros included; the caller has checked that the viewer may see the outlet. */
export async function listDayFigures(em: SqlEntityManager, range: OutletDays): Promise<DayFigures[]> {
  const [days, mix] = await Promise.all([listDays(em, range), listPaymentMix(em, range)]);
  const byDay = new Map(days.map((day) => [day.businessDay, day]));
  const mixByDay = Map.groupBy(mix, ({ businessDay }) => businessDay);
  return daysBetween(range.from, range.to).map((businessDay) => {
    const { salesMinor = 0, ordersCompleted: orders = 0, covers = 0 } = byDay.get(businessDay) ?? {};
    const payments = (mixByDay.get(businessDay) ?? []).map(({ method, amountMinor, count }) => ({
      method,
      amountMinor,
      count,
    }));
    return { businessDay, salesMinor, orders, covers, payments };
  });
}

function visibleReports(viewer: Viewer) {
  return tenantScope(viewer, 'reports.request');
}
