import { tellableError } from './log.js';

const LONGEST_STOP_MS = 20_000;

/** Stops in order at SIGTERM or SIGINT; a second signal, or a stop that takes more than 20 s unless told, ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>, longestStopMs = LONGEST_STOP_MS): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    setTimeout(() => process.exit(1), longestStopMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${tellableError(error).message}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
