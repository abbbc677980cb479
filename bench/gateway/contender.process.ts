import { exitOnFailure } from '../../platform/process/startup.js';
import { areaMs } from '../profile-areas.js';
import { startProfile, type RunningProfile } from '../profiler.js';
import { contenders } from './contenders.js';

/** One contender in a process of its own: `<name> <data folder>`; answers its parent's questions, one at a time. */
async function main([name, dataDir = '']: readonly string[]): Promise<void> {
  const open = Object.entries(contenders).find(([known]) => known === name)?.[1];
  if (!open) throw new Error(`There is no contender ${name}.`);
  const url = await open(dataDir);
  let profile: RunningProfile | null = null;
  process.on('disconnect', () => process.exit(0));
  process.on('message', (question) => {
    void exitOnFailure(async () => {
      if (question === 'START_PROFILE') profile = await startProfile();
      const areas = question === 'STOP_PROFILE' && profile ? areaMs(await profile.stop()) : {};
      tell({ cpuMs: cpuMs(), areas });
    });
  });
  tell({ url });
}

function tell(message: object): void {
  process.send?.(message);
}

// All threads of the process, in user and system mode.
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

await exitOnFailure(() => main(process.argv.slice(2)));
