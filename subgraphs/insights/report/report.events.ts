import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { ReportJobEntity } from './report-job.entity.js';

/** A report was asked for, got on or ended. */
export function reportProgressed(report: ReportJobEntity): DomainEvent<'report.progressed'> {
  return {
    type: 'report.progressed',
    aggregate: report,
    payload: { state: report.state, progressPercent: report.progressPercent },
  };
}
