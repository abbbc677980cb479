import type {
  FailedJobLine,
  QueueReport,
  RunningJobLine,
  ScheduleLine,
} from '../platform/jobs/queue-report.queries.js';

const HEADINGS = ['family', 'queued', 'delayed', 'running', 'done 24 h', 'failed 24 h'] as const;

/** The report of one subgraph for a terminal; all times are UTC. */
export function reportText(report: QueueReport, now: Date): string {
  const { subgraph, families, running, failed, schedules } = report;
  const counts = families.map((counts) => [
    counts.family,
    ...[counts.queued, counts.delayed, counts.running, counts.done, counts.failed].map(String),
  ]);
  return [
    subgraph,
    ...table([[...HEADINGS], ...counts]),
    ...section(
      'running',
      running.map((job) => runningText(job, now)),
    ),
    ...section('given up in the last 24 h', failed.map(failedText)),
    ...section('schedules', schedules.map(scheduleText)),
    '',
  ].join('\n');
}

function runningText({ id, kind, family, progress, attempt, leaseUntil }: RunningJobLine, now: Date): string {
  const lease = leaseUntil ? `lease ${leaseUntil < now ? 'ended' : 'until'} ${leaseUntil.toISOString()}` : 'no lease';
  return `${kind} ${id} (${family}): ${progress} %, attempt ${attempt}, ${lease}`;
}

function failedText({ id, kind, family, attempts, reason, failedAt }: FailedJobLine): string {
  // A reason of several lines must not look like several jobs.
  const why = (reason ?? 'no reason').replaceAll(/\s+/g, ' ');
  return `${kind} ${id} (${family}): attempt ${attempts}, ${failedAt?.toISOString() ?? 'at no time'}: ${why}`;
}

function scheduleText({ id, kind, cron, timeZone, nextAt }: ScheduleLine): string {
  return `${id} (${kind}): ${cron} in ${timeZone}, ${nextAt ? `next ${nextAt.toISOString()}` : 'not started yet'}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`  ${title}`, ...lines.map((line) => `    ${line}`)] : [];
}

// Names to the left, numbers to the right.
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join('  ')}`;
  });
}
