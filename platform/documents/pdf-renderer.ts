import { Worker } from 'node:worker_threads';
import { sealTemplate, toJsonFile, toPictureFiles } from './pdf-template.js';

/** What becomes a PDF: Typst source that reads its values with `json("data.json")` and its pictures with `image("<name>.svg")`. */
export interface PdfRequest {
  template: string;
  data: unknown;
  images?: Record<string, string>;
}

/** Renders documents one after the other in a thread of their own, without network, clock or files. */
export interface PdfRenderer {
  /** The PDF's bytes; rejects with an Error saying what is wrong with the template, or with the signal's reason. */
  render(request: PdfRequest, signal?: AbortSignal): Promise<Uint8Array>;
  /** Ends the thread; what is not finished, and every later request, is rejected. */
  close(): Promise<void>;
}

/** What the thread is given: the whole source, and the text of each file the source may read, by name. */
export interface PdfTask {
  source: string;
  files: Record<string, string>;
}

/** What the thread answers to each task. */
export type PdfReply = { pdf: Uint8Array } | { problem: string };

interface Job {
  task: PdfTask;
  resolve(pdf: Uint8Array): void;
  reject(reason: unknown): void;
}

interface State {
  workerFile: URL;
  worker: Worker | null;
  running: Job | null;
  waiting: Job[];
  isClosed: boolean;
}

/** A renderer whose thread starts with the first request; `workerFile` is another script for the thread, for tests. */
export function createPdfRenderer(workerFile = new URL('./pdf.worker.js', import.meta.url)): PdfRenderer {
  const state: State = { workerFile, worker: null, running: null, waiting: [], isClosed: false };
  return {
    render: async (request, signal) => enqueue(state, toTask(request), signal),
    close: () => close(state),
  };
}

function toTask({ template, data, images = {} }: PdfRequest): PdfTask {
  const pictures = Object.entries(images).flatMap(([name, svg]) => toPictureFiles(name, svg));
  return { source: sealTemplate(template), files: { ...Object.fromEntries(pictures), 'data.json': toJsonFile(data) } };
}

function enqueue(state: State, task: PdfTask, signal?: AbortSignal): Promise<Uint8Array> {
  signal?.throwIfAborted();
  if (state.isClosed) throw new Error('The PDF renderer is closed.');
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const job = { task, resolve, reject };
  const abandonJob = () => abandon(state, job, signal?.reason);
  signal?.addEventListener('abort', abandonJob, { once: true });
  state.waiting.push(job);
  startNext(state);
  return promise.finally(() => signal?.removeEventListener('abort', abandonJob));
}

function startNext(state: State): void {
  const job = state.running === null ? state.waiting.shift() : undefined;
  if (job === undefined) return;
  state.running = job;
  state.worker ??= startWorker(state);
  // Only a thread with work keeps the process alive.
  state.worker.ref();
  state.worker.postMessage(job.task);
}

function startWorker(state: State): Worker {
  const worker = new Worker(state.workerFile);
  let cause: unknown;
  worker.on('message', (reply: PdfReply) => {
    if (state.worker === worker) finish(state, reply);
  });
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', () => {
    if (state.worker === worker) replaceWorker(state, new Error('The PDF worker stopped.', { cause }));
  });
  return worker;
}

function finish(state: State, reply: PdfReply): void {
  const job = state.running;
  state.running = null;
  state.worker?.unref();
  if ('pdf' in reply) job?.resolve(reply.pdf);
  else job?.reject(new Error(reply.problem));
  startNext(state);
}

/** The request that was running fails; those that wait get a new thread. */
function replaceWorker(state: State, reason: unknown): void {
  const job = state.running;
  state.running = null;
  state.worker = null;
  job?.reject(reason);
  startNext(state);
}

function abandon(state: State, job: Job, reason: unknown): void {
  if (state.running === job) {
    // The compiler cannot be interrupted, so its thread is left to end by itself.
    void state.worker?.terminate();
    replaceWorker(state, reason);
    return;
  }
  state.waiting = state.waiting.filter((other) => other !== job);
  job.reject(reason);
}

async function close(state: State): Promise<void> {
  state.isClosed = true;
  const unfinished = [...(state.running === null ? [] : [state.running]), ...state.waiting];
  const worker = state.worker;
  state.running = null;
  state.waiting = [];
  state.worker = null;
  for (const job of unfinished) job.reject(new Error('The PDF renderer is closed.'));
  await worker?.terminate();
}
