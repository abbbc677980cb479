import { createPdfRenderer } from './pdf-renderer.js';

// A thread that answers the source it was given after `hold` ms, or dies of it.
const SCRIPT = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ source, files }) => {
    const { act, hold = 0 } = JSON.parse(files['data.json']);
    if (act === 'throw') throw new Error('out of memory');
    if (act === 'exit') process.exit(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, hold);
    parentPort.postMessage({ pdf: new TextEncoder().encode(act) });
  });`;
const workerFile = new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`);

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((renderer) => renderer.close())));

function start() {
  const renderer = createPdfRenderer(workerFile);
  open.push(renderer);
  return async (act: string, options: { hold?: number; signal?: AbortSignal } = {}) => {
    const pdf = await renderer.render({ template: '', data: { act, hold: options.hold } }, options.signal);
    return new TextDecoder().decode(pdf);
  };
}

describe('the thread of the PDF renderer', () => {
  it.each(['throw', 'exit'])(
    'is replaced when it dies by %s: the request at work fails, those behind it do not',
    async (act) => {
      const render = start();

      const answers = await Promise.allSettled([render('first'), render(act), render('third')]);

      expect(answers).toEqual([
        { status: 'fulfilled', value: 'first' },
        { status: 'rejected', reason: new Error('The PDF worker stopped.') },
        { status: 'fulfilled', value: 'third' },
      ]);
    },
  );

  it('tells what the thread died of', async () => {
    await expect(start()('throw')).rejects.toMatchObject({ cause: { message: 'out of memory' } });
  });

  it('rejects with the reason of the signal, and goes on', async () => {
    const render = start();
    const abort = new AbortController();
    const reason = new Error('took too long');

    const running = render('running', { hold: 60_000, signal: abort.signal });
    const waiting = render('waiting', { signal: abort.signal });
    const behind = render('behind');
    abort.abort(reason);

    await expect(running).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(render('late', { signal: abort.signal })).rejects.toBe(reason);
    expect(await behind).toBe('behind');
  });

  it('rejects everything unfinished when it is closed, and everything after', async () => {
    const renderer = createPdfRenderer(workerFile);
    const running = renderer.render({ template: '', data: { act: 'a', hold: 200 } });
    const waiting = renderer.render({ template: '', data: { act: 'b' } });
    const answers = Promise.allSettled([running, waiting]);

    await renderer.close();

    const closed = { status: 'rejected', reason: new Error('The PDF renderer is closed.') };
    expect(await answers).toEqual([closed, closed]);
    await expect(renderer.render({ template: '', data: { act: 'c' } })).rejects.toThrow('is closed');
    await renderer.close();
  });
});
