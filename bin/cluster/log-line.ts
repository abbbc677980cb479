import { DateTime } from 'luxon';
import { z } from 'zod';

const LEVELS = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

const entryShape = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().default('') });
const errorShape = z.object({ type: z.string(), message: z.string().optional(), stack: z.string().optional() });

/** A line of JSON that a process logged as `HH:MM:SS level message key=value`, with an error's frames below; others unchanged. */
export function readableLine(line: string, zone = 'local'): string {
  const entry = parseEntry(line);
  if (!entry) return line;
  const { level, time, msg, err, ...rest } = entry;
  const at = DateTime.fromMillis(time, { zone }).toFormat('HH:mm:ss');
  const error = errorShape.safeParse(err).data;
  const values = error ? { ...rest, err: [error.type, error.message].filter(Boolean).join(': ') } : { ...rest, err };
  const pairs = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${text(value)}`));
  const head = [at, (LEVELS.get(level) ?? String(level)).padEnd(5), msg, ...pairs].filter(Boolean).join(' ');
  return error?.stack ? `${head}\n${error.stack}` : head;
}

function parseEntry(line: string): z.infer<typeof entryShape> | null {
  if (!line.startsWith('{')) return null;
  try {
    return entryShape.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
