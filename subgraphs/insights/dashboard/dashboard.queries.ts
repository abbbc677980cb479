import type { SqlEntityManager } from '@mikro-orm/sql';
import { addDays, businessDayOf } from '../../../platform/domain/business-day.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import type { DailySummaryEntity } from '../summary/daily-summary.entity.js';
import { getDay } from '../summary/summary.queries.js';

const A_WEEK = 7;

/** A business day of an outlet and the same weekday a week before. */
export interface DashboardDay {
  readonly outlet: OutletReplicaEntity;
  readonly day: DailySummaryEntity;
  readonly lastWeek: DailySummaryEntity;
}

/** The figures of the day, of today's business day when none is named; the caller has checked that the viewer may see the outlet. */
export async function getDashboard(
  em: SqlEntityManager,
  { outlet, businessDay, now }: { outlet: OutletReplicaEntity; businessDay?: string | null; now: Date },
): Promise<DashboardDay> {
  const place = { outletId: outlet.id, brandId: outlet.brandId };
  const day = businessDay ?? businessDayOf(now, outlet);
  const [shown, lastWeek] = await Promise.all([
    getDay(em, { ...place, businessDay: day }),
    getDay(em, { ...place, businessDay: addDays(day, -A_WEEK) }),
  ]);
  return { outlet, day: shown, lastWeek };
}
