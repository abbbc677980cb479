import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { toMoney } from '../../../platform/graphql/shared-types.js';
import { plusMs } from '../../../platform/process/clock.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import type { ReportJobEntity } from './report-job.entity.js';
import {
  CancelReportInput,
  CancelReportPayload,
  PdfReport,
  ReportJob,
  ReportJobConnection,
  ReportsArgs,
  RequestReportInput,
  RequestReportPayload,
} from './report.graphql.js';
import { cancelReport, requestReport } from './report.operations.js';
import { getReport, listReports } from './report.queries.js';

const LINK_LIFETIME_MS = 15 * 60_000;

/** Root fields of reports, and the link to a report's file. */
@Resolver(() => ReportJob)
export class ReportResolver {
  @Query(() => ReportJob, { description: 'One report, at a place where the viewer may ask for reports.' })
  reportJob(@Ctx() { em, viewer }: Context, @Arg('id', () => ID, { description: 'Which report.' }) id: string) {
    return getReport(em, viewer, id);
  }

  @Query(() => ReportJobConnection, {
    description: 'Reports of the places where the viewer may ask for them, the newest first.',
  })
  async reportJobs(
    @Ctx() { em, viewer }: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Args(() => ReportsArgs) filter: ReportsArgs,
  ) {
    if (filter.outletId) await getOutlet(em, { viewer, slug: 'reports.request', outletId: filter.outletId });
    return listReports(em, viewer, { filter, page });
  }

  @Mutation(() => RequestReportPayload, { description: 'Asks for a report, which is made in the background.' })
  async requestReport(
    @Ctx() context: Context,
    @Arg('input', () => RequestReportInput, { description: 'The report to make.' }) input: RequestReportInput,
  ): Promise<object> {
    return { reportJob: await requestReport(context, input) };
  }

  @Mutation(() => CancelReportPayload, {
    description: 'Ends a report that is not finished; nothing more is made of it.',
  })
  async cancelReport(
    @Ctx() context: Context,
    @Arg('input', () => CancelReportInput, { description: 'Which report.' }) input: CancelReportInput,
  ): Promise<object> {
    return { reportJob: await cancelReport(context, input.id) };
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'The outlet it is about.' })
  outlet(@Root() { outletId }: ReportJobEntity) {
    return { id: outletId };
  }

  @FieldResolver(() => PdfReport, { nullable: true, description: 'Its file; null until it is done.' })
  file(@Root() report: ReportJobEntity, @Ctx() { ports, clock }: Context) {
    const { fileKey, fileName, fileSizeBytes, totalMinor, currency } = report;
    if (fileKey === null || fileName === null || fileSizeBytes === null || totalMinor === null) return null;
    const now = clock.now();
    // Links are good up to a whole second.
    const expiresAt = plusMs(now, LINK_LIFETIME_MS - now.getMilliseconds());
    return {
      fileName,
      sizeBytes: fileSizeBytes,
      total: toMoney({ amountMinor: totalMinor, currency }),
      url: ports.files.signedUrl(fileKey, { fileName, expiresAt }),
      expiresAt,
    };
  }
}
