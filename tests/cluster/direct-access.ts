import { subgraphNames } from '../../platform/events/catalogue.js';
import { signViewer } from '../../platform/domain/viewer-signature.js';
import { system } from '../../platform/domain/viewer.js';
import { directAccessCases, refusalBody } from '../../platform/http/direct-access.fixture.js';
import { systemClock } from '../../platform/process/clock.js';
import type { HttpAnswer } from '../harness/client.js';
import type { World } from './world.js';

const ME = '{ me { id memberships { role } } }';

const codesOf = ({ body }: HttpAnswer) => body.errors?.map(({ extensions }) => extensions['code']);

/** Subgraphs asked past the gateway, and headers that claim to be somebody. */
export function testDirectAccess(world: () => World): void {
  const clock = systemClock;
  const secret = () => world().twin.env['VIEWER_SECRET'] ?? '';
  let asked = 0;

  it.each(subgraphNames)('S2: %s answers nobody but its gateways, and tells nothing of its schema', async (name) => {
    const { twin, waiter } = world();
    const wrong: string[] = [];

    for (const replica of twin.of(name))
      for (const { title, send } of directAccessCases({
        name,
        viewerSecret: secret(),
        clock,
        userToken: waiter.accessToken,
      })) {
        const { status, body } = await send(replica.url);
        asked += 1;
        if (status !== 401 || !['', refusalBody].includes(body)) wrong.push(`${title}: ${status} ${body}`);
      }

    expect(wrong).toEqual([]);
  });

  it('S2: that was every credential by every way in at every process of a subgraph', () => {
    expect(asked).toBe(subgraphNames.length * 2 * (7 * 12 + 2));
  });

  it.each([
    ['a viewer of its own making', () => ({ 'x-viewer': signViewer(system, 'accounts', 'x'.repeat(32), clock.now()) })],
    [
      'a viewer that accounts would believe',
      () => ({ 'x-viewer': signViewer(system, 'accounts', secret(), clock.now()) }),
    ],
    [
      'a role',
      () => ({ 'x-user-id': 'usr_1', 'x-user-role': 'OWNER', 'x-user-slugs': 'all', 'x-user-kind': 'SYSTEM' }),
    ],
    ['an address and a deadline', () => ({ 'x-remote-address': '10.0.0.1', 'x-deadline-ms': '0' })],
  ])('S2: a gateway takes nobody for another because of a header with %s', async (_what, headers) => {
    const { nobody, waiter } = world();

    const honest = [await nobody.ask(ME), await waiter.ask(ME)];
    const forged = [await nobody.ask(ME, {}, headers()), await waiter.ask(ME, {}, headers())];

    expect(forged.map(({ body }) => body.data)).toEqual(honest.map(({ body }) => body.data));
    expect(forged.map(codesOf)).toEqual([['UNAUTHENTICATED'], undefined]);
    expect(forged[1]?.body.data?.['me'].id).toMatch(/^usr_/);
  });
}
