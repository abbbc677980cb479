import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import { fontFiles } from './pdf-template.js';
import type { PdfReply, PdfTask } from './pdf-renderer.js';

// The compiler reads files below its workspace only; this folder does not exist, so what it can read is what it is given.
const WORKSPACE = join(import.meta.dirname, 'no-such-folder');
// What the compiler memoized goes after each rendering: kept, a long table holds hundreds of megabytes and saves milliseconds.
const CACHE_AGE = 0;

const { resolve } = createRequire(import.meta.url);
const compiler = NodeCompiler.create({
  workspace: WORKSPACE,
  fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(resolve(file))) }],
});

parentPort?.on('message', (task: PdfTask) => {
  parentPort?.postMessage(answer(task));
});

function answer(task: PdfTask): PdfReply {
  try {
    return { pdf: compile(task) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    compiler.resetShadow();
    compiler.evictCache(CACHE_AGE);
  }
}

function compile(task: PdfTask): Uint8Array {
  for (const [name, text] of Object.entries(task.files)) compiler.mapShadow(join(WORKSPACE, name), Buffer.from(text));
  const compiled = compiler.compile({ mainFileContent: task.source, resetRead: true });
  const document = compiled.result;
  if (document === null) throw new Error(describe(compiled.takeDiagnostics()));
  return new Uint8Array(compiler.pdf(document));
}

function describe(failure: NodeError | null): string {
  const diagnostics: { message: string }[] = failure?.shortDiagnostics ?? [];
  // The compiler names its made-up folder; the file alone is what the author of a template knows.
  const messages = diagnostics.map(({ message }) => message.replaceAll(`${WORKSPACE}/`, ''));
  return [...new Set(messages)].join('; ') || 'The document could not be compiled.';
}
