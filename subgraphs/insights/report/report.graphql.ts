import { ArgsType, Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, UrlScalar } from '../../../platform/graphql/scalars.js';
import { connectionOf, Money, Payload } from '../../../platform/graphql/shared-types.js';
import type { ReportState } from './report.state.js';

/** What a report is about. */
export const ReportType = { SALES: 'SALES' } as const;
registerEnumType(ReportType, {
  name: 'ReportType',
  description: 'What a report is about.',
  valuesConfig: { SALES: { description: 'Sales, payments and dishes by business day.' } },
});

/** What kind of file a report becomes. */
export const ReportFormat = { PDF: 'PDF' } as const;
registerEnumType(ReportFormat, {
  name: 'ReportFormat',
  description: 'What kind of file a report becomes.',
  valuesConfig: { PDF: { description: 'Pages to read and print, with a chart.' } },
});

/** Where a report is between being asked for and its end. */
export const ReportStates: Readonly<Record<ReportState, ReportState>> = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};
registerEnumType(ReportStates, {
  name: 'ReportState',
  description: 'Where a report is between being asked for and its end.',
  valuesConfig: {
    QUEUED: { description: 'It waits for a worker.' },
    RUNNING: { description: 'It is being made.' },
    DONE: { description: 'Its file can be downloaded.' },
    FAILED: { description: 'It could not be made; `error` says what to do.' },
    CANCELLED: { description: 'Somebody ended it before it was done.' },
  },
});

/** The file of a finished report as clients see it. */
@ObjectType('PDFReport', { description: "A report's PDF and a link to it." })
export class PdfReport {
  @Field(() => String, { description: 'Name to save it under, such as "sales-Downtown-Cafe-2026-03-14.pdf".' })
  fileName!: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  sizeBytes!: number;

  @Field(() => Money, { description: 'The grand total in it: the payments captured on its business days.' })
  total!: Money;

  @Field(() => UrlScalar, {
    description: 'Downloads the file without signing in until `expiresAt`; ask again for another link.',
  })
  url!: string;

  @Field(() => Date, { description: 'When the link stops working: 15 minutes after it was asked for.' })
  expiresAt!: Date;
}

/** A report as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A report somebody asked for. Readable by those who may ask for reports of the outlet.' })
export class ReportJob {
  @Field(() => ID, { description: 'Identifier, such as "rep_01J…".' })
  id!: string;

  @Field(() => ReportType, { description: 'What it is about.' })
  type!: 'SALES';

  @Field(() => String, { description: 'The range as it was asked for.' })
  range!: string;

  @Field(() => LocalDate, { description: 'Its first business day.' })
  fromDay!: string;

  @Field(() => LocalDate, { description: 'Its last business day.' })
  toDay!: string;

  @Field(() => ReportFormat, { description: 'What kind of file it becomes.' })
  format!: 'PDF';

  @Field(() => ReportStates, { description: 'Where it is.' })
  state!: ReportState;

  @Field(() => Int, { description: 'How far the work is, 0 to 100; it never falls.' })
  progressPercent!: number;

  @Field(() => Date, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done, failed or was cancelled.' })
  finishedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it could not be made; null unless it failed.' })
  error!: string | null;

  @Field(() => Int, { description: 'Raised by every change.' })
  version!: number;
}

export const ReportJobConnection = connectionOf('ReportJob', () => ReportJob);

/** Which reports to list. */
@ArgsType()
export class ReportsArgs {
  @Field(() => ID, { nullable: true, description: 'Only those of this brand.' })
  brandId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this outlet.' })
  outletId?: string | null;

  @Field(() => ReportStates, { nullable: true, description: 'Only those in this state.' })
  state?: ReportState | null;
}

/** What requestReport needs. */
@InputType({ description: 'The report to make.' })
export class RequestReportInput {
  @Field(() => ID, { description: 'The outlet it is about.' })
  outletId!: string;

  @Field(() => ReportType, { description: 'What it is about.' })
  type!: 'SALES';

  @Field(() => String, {
    description:
      '"24h" (the current business day), "7d", "30d", or two business days such as "2026-03-01..2026-03-31"; at most 366 days.',
  })
  range!: string;

  @Field(() => ReportFormat, { description: 'What kind of file it becomes.' })
  format!: 'PDF';

  @Field(() => String, {
    nullable: true,
    description: 'The same request again under one key is one report; at most 128 characters.',
  })
  idempotencyKey?: string | null;
}

/** What requestReport answers. */
@ObjectType({ description: 'What came of requestReport.' })
export class RequestReportPayload extends Payload {
  @Field(() => ReportJob, { nullable: true, description: 'The report, which waits for a worker.' })
  reportJob?: ReportJob | null;
}

/** What cancelReport needs. */
@InputType({ description: 'The report nobody wants any more.' })
export class CancelReportInput {
  @Field(() => ID, { description: 'Which report.' })
  id!: string;
}

/** What cancelReport answers. */
@ObjectType({ description: 'What came of cancelReport.' })
export class CancelReportPayload extends Payload {
  @Field(() => ReportJob, { nullable: true, description: 'The report as it is now.' })
  reportJob?: ReportJob | null;
}

/** A step of a report as its subscribers see it. */
@ObjectType({ description: 'A report was asked for, got on or ended.' })
export class ReportProgressEvent {
  @Field(() => String, { description: 'Pass it as `since` to continue after this event.' })
  cursor!: string;
}
