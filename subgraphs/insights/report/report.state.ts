import type { StateGraph } from '../../../platform/domain/state-machine.js';

/** Where a report is between being asked for and its end. */
export const reportStates = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type ReportState = (typeof reportStates)[number];

/** How a report gets on; a finished one stays as it is. */
export const reportGraph: StateGraph<ReportState> = {
  QUEUED: ['RUNNING', 'DONE', 'FAILED', 'CANCELLED'],
  RUNNING: ['RUNNING', 'DONE', 'FAILED', 'CANCELLED'],
  DONE: [],
  FAILED: [],
  CANCELLED: [],
};
