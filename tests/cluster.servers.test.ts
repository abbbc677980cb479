import { testAbsences } from './cluster/absences.js';
import { testDirectAccess } from './cluster/direct-access.js';
import { testDrain } from './cluster/drain.js';
import { testSubscribers } from './cluster/subscribers.js';
import { openWorld, type World } from './cluster/world.js';

describe('two of each process', () => {
  let opened: World | null = null;
  const world = () => {
    if (!opened) throw new Error('The cluster did not start.');
    return opened;
  };

  beforeAll(async () => void (opened = await openWorld()), 180_000);
  afterAll(() => opened?.twin.stop(), 60_000);

  describe('asked in other ways than by a client', () => testDirectAccess(world));
  describe('subscribed to at two gateways', () => testSubscribers(world));
  describe('of which some are away', () => testAbsences(world));
  describe('of which one is told to end', () => testDrain(world));
});
