import {
  measureProbe,
  openStrangers,
  probeNames,
  type Timing,
} from '../subgraphs/accounts/abuse/enumeration.fixture.js';

const SAMPLES = 500;
const LARGEST_DIFFERENCE_MS = 5;
const LEAST_P = 0.01;

/** What one probe's times tell. */
export interface EnumerationFinding {
  readonly text: string;
  readonly isAlike: boolean;
}

/** S19 in the long set: 500 interleaved samples of every probe and kind of owner, embedded and in this process. */
export async function timeEnumeration(write: (finding: EnumerationFinding) => void): Promise<void> {
  const strangers = await openStrangers();
  try {
    for (const probe of probeNames) {
      const timings = await measureProbe(strangers, probe, SAMPLES);
      write({ text: `${probe}: ${timings.map(timingText).join(', ')}`, isAlike: timings.every(isAlike) });
    }
  } finally {
    await strangers.company.subgraph.stop();
  }
}

function isAlike({ differenceMs, p }: Timing): boolean {
  return differenceMs < LARGEST_DIFFERENCE_MS || p > LEAST_P;
}

function timingText({ owner, medianMs, p }: Timing): string {
  return `${owner.toLowerCase()} ${medianMs.toFixed(1)} ms (p ${p.toFixed(3)})`;
}
