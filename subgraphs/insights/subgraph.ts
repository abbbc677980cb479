import { OutletReplicaEntity } from '../../platform/replicas/outlet-replica.entity.js';
import { applyOutletSaved } from '../../platform/replicas/outlet-replica.queries.js';
import type { Subgraph } from '../../platform/subgraph.js';
import { permissions } from '../../schema/permissions.js';
import { DashboardResolver } from './dashboard/dashboard.resolver.js';
import { initial } from './migrations/20261121140207-initial.js';
import { relayLease } from './migrations/20261121145300-relay-lease.js';
import { outletDetails } from './migrations/20261121174928-outlet-details.js';
import { ReportJobEntity } from './report/report-job.entity.js';
import { ReportProgressResolver } from './report/report-progress.resolver.js';
import { renderReport } from './report/report.jobs.js';
import { loadReports } from './report/report.queries.js';
import { ReportResolver } from './report/report.resolver.js';
import { SalesReportResolver } from './sales-report/sales-report.resolver.js';
import { DailySummaryEntity } from './summary/daily-summary.entity.js';
import { ItemSalesEntity } from './summary/item-sales.entity.js';
import { PaymentMixEntity } from './summary/payment-mix.entity.js';
import {
  applyOrderCompleted,
  applyOrderPlaced,
  applyOrderStatusChanged,
  applyPaymentCaptured,
} from './summary/summary.operations.js';
import { loadDailySummaries } from './summary/summary.queries.js';
import { SummaryResolver } from './summary/summary.resolver.js';
import { TimeSalesEntity } from './summary/time-sales.entity.js';

/** What happened, in figures: business days, the dashboard, and reports. */
export const insights: Subgraph = {
  name: 'insights',
  entities: [
    OutletReplicaEntity,
    DailySummaryEntity,
    ItemSalesEntity,
    PaymentMixEntity,
    TimeSalesEntity,
    ReportJobEntity,
  ],
  migrations: [initial, relayLease, outletDetails],
  resolvers: [SummaryResolver, DashboardResolver, SalesReportResolver, ReportResolver, ReportProgressResolver],
  references: {
    DailySummary: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('daily-summary', (ids) => loadDailySummaries(em, viewer, ids)).load(id),
    ReportJob: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('report-job', (ids) => loadReports(em, viewer, ids)).load(id),
  },
  permissions: permissions.insights,
  consumes: {
    'outlet.saved': applyOutletSaved,
    'order.placed': applyOrderPlaced,
    'order.status-changed': applyOrderStatusChanged,
    'order.completed': applyOrderCompleted,
    'payment.captured': applyPaymentCaptured,
  },
  jobs: [renderReport],
  schedules: [],
};
