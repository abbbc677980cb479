import { setTimeout as pause } from 'node:timers/promises';
import { createPdfRenderer, type PdfRenderer } from '../../../platform/documents/pdf-renderer.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { createLocalFiles } from '../../../platform/ports/local-files.js';
import type { FileStorage } from '../../../platform/ports/files.js';
import type { Answer, TestSubgraph } from '../../../tests/harness/subgraph.js';
import { makeTestPlace, type TestPlace } from '../../../tests/harness/target.js';
import { openInsights, outlets, viewers } from '../insights.fixture.js';

const FACTS = `id type range fromDay toDay format state progressPercent requestedAt finishedAt error version outlet { id }
  file { fileName sizeBytes url expiresAt total { amount currency } }`;
const REQUEST = `mutation ($input: RequestReportInput!) { requestReport(input: $input) { reportJob { ${FACTS} } userErrors { code message field } } }`;
const CANCEL = `mutation ($input: CancelReportInput!) { cancelReport(input: $input) { reportJob { ${FACTS} } userErrors { code field } } }`;
const ONE = `query ($id: ID!) { reportJob(id: $id) { ${FACTS} } }`;
const PATIENCE_MS = 20_000;
const A_STEP_MS = 20;

/** What is asked for when a test does not care. */
export const usual = { outletId: outlets.cafe, type: 'SALES', range: '7d', format: 'PDF' };

/** The subgraph, where its files are, and the shortest ways to ask for reports. */
export interface Reports {
  readonly subgraph: TestSubgraph;
  readonly files: FileStorage;
  send(viewer: Viewer, input?: object, idempotencyKey?: string): Promise<Answer>;
  cancel(viewer: Viewer, id: string): Promise<Answer>;
  find(viewer: Viewer, id: string): Promise<Answer>;
  /** Asks for a report, which must succeed, and returns its id. */
  request(input?: object): Promise<string>;
  /** Waits until a report is in a state, letting the clock pass, and returns it. */
  untilState(id: string, state: string): Promise<any>;
  /** The whole file. */
  download(key: string): Promise<Buffer>;
}

/** What a test of reports may bring along. */
export interface ReportSurroundings {
  readonly place?: TestPlace;
  readonly pdf?: PdfRenderer;
  readonly files?: (files: FileStorage) => FileStorage;
  readonly start?: string;
}

/** Starts the subgraph in a place, an own one unless given; the caller stops it and removes a given place. */
export async function openReports({
  place,
  pdf,
  files: wrap = (same) => same,
  start,
}: ReportSurroundings = {}): Promise<Reports> {
  const own = place ?? makeTestPlace();
  const files = wrap(
    createLocalFiles({
      folder: `${own.dataDir}/files`,
      publicUrl: 'http://localhost',
      secret: 'a secret of thirty-two characters',
    }),
  );
  const running = await openInsights(start, { place: own, ports: { files, ...(pdf ? { pdf } : {}) } });
  const subgraph: TestSubgraph = {
    ...running,
    stop: async () => {
      await running.stop();
      if (!place) await own.remove();
    },
  };
  const send: Reports['send'] = (viewer, input = {}, key) =>
    subgraph.run(viewer, REQUEST, { input: { ...usual, ...input } }, key);
  const find: Reports['find'] = (viewer, id) => subgraph.run(viewer, ONE, { id });
  return {
    subgraph,
    files,
    send,
    find,
    cancel: (viewer, id) => subgraph.run(viewer, CANCEL, { input: { id } }),
    request: async (input) => requestedId(await send(viewers.manager, input)),
    untilState: (id, state) => untilState(subgraph, () => find(viewers.manager, id), state),
    download: async (key) => Buffer.concat((await (await files.get(key))?.body.toArray()) ?? []),
  };
}

function requestedId(answer: Answer): string {
  const { reportJob, userErrors } = answer.data?.['requestReport'] ?? {};
  if (!reportJob) throw new Error(`No report: ${JSON.stringify(userErrors ?? answer.errors)}`);
  return reportJob.id;
}

async function untilState(subgraph: TestSubgraph, ask: () => Promise<Answer>, state: string): Promise<any> {
  const giveUpMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const report = (await ask()).data?.['reportJob'];
    if (report?.state === state) return report;
    if (performance.now() > giveUpMs) throw new Error(`The report is ${report?.state}, not ${state}.`);
    await pause(A_STEP_MS);
    // A job that failed waits for its time, and this clock stands still by itself.
    subgraph.clock.advance(A_STEP_MS);
  }
}

/** A renderer that stops at the door until it is let in; `deaf` ones do not even hear that they shall stop. */
export interface GatedRenderer extends PdfRenderer {
  /** Resolves when a page was first asked for. */
  readonly asked: Promise<void>;
  readonly calls: number;
  letIn(): void;
}

/** Makes a renderer that waits to be let in. */
export function gatedRenderer({ isDeaf = false } = {}): GatedRenderer {
  const real = createPdfRenderer();
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  return {
    asked: asked.promise,
    get calls() {
      return calls;
    },
    letIn: () => gate.resolve(),
    render: async (request, signal) => {
      calls += 1;
      asked.resolve();
      await (isDeaf || !signal ? gate.promise : Promise.race([gate.promise, aborted(signal)]));
      return real.render(request, signal);
    },
    close: () => real.close(),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
