import { styleText } from 'node:util';
import { readableLine } from './log-line.js';

/** Writes what a process of the given name said, with the name before every line. */
export type ClusterLog = (name: string, said: string) => void;

/** Where lines go, without their line ends, and whether a person sees them in colours. */
export interface ClusterLogOptions {
  readonly write: (line: string) => void;
  readonly isColoured: boolean;
}

const colours = ['cyan', 'green', 'yellow', 'blue', 'magenta', 'cyanBright', 'greenBright', 'yellowBright'] as const;

/** A log whose lines are aligned for the given names, `orders-1    | …`; a name keeps its colour. */
export function createClusterLog(names: readonly string[], { write, isColoured }: ClusterLogOptions): ClusterLog {
  const width = Math.max(...names.map((name) => name.length));
  const prefixOf = (name: string) => {
    const prefix = `${name.padEnd(width)} |`;
    const colour = colours[Math.max(0, names.indexOf(name)) % colours.length];
    return isColoured && colour ? styleText(colour, prefix, { validateStream: false }) : prefix;
  };
  return (name, said) => {
    for (const line of readableLine(said).split('\n')) write(`${prefixOf(name)} ${line}`);
  };
}
