import { Session, type Profiler } from 'node:inspector/promises';

/** A CPU profile under way. */
export interface RunningProfile {
  stop(): Promise<Profiler.Profile>;
}

const sampleEveryMicroseconds = 250;

/** Begins to sample where the main thread of this process is. */
export async function startProfile(): Promise<RunningProfile> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: sampleEveryMicroseconds });
  await session.post('Profiler.start');
  return {
    stop: async () => {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return profile;
    },
  };
}
