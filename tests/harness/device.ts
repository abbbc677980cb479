import { NativeDevice } from '../../subgraphs/accounts/device/native-device.fixture.js';
import type { TestDevice } from '../../subgraphs/accounts/device/test-device.fixture.js';
import { change } from './change.js';
import { clientOf, type TestClient } from './client.js';
import type { TestProduct } from './product.js';

const challenge = { shows: 'challengeId challenge' };

/** Registers a device's key in the name of who is signed in; the key. */
export async function registerDevice(client: TestClient, device: TestDevice, password: string) {
  const facts = { deviceId: device.deviceId, purpose: 'REGISTER' };
  const { challengeId, challenge: text } = await change(client, 'deviceChallenge', { ...challenge, facts });
  const registration = device.registration({ challengeId, challenge: text });
  const { deviceKey } = await change(client, 'registerDeviceKey', {
    facts: { ...registration, password },
    shows: 'deviceKey { id kind algorithm }',
  });
  return deviceKey;
}

/** Signs in by a device's key. */
export async function signInByDevice(twin: TestProduct, device: TestDevice): Promise<TestClient> {
  const facts = { deviceId: device.deviceId, purpose: 'LOGIN' };
  const { challengeId, challenge: text } = await change(twin.nobody(), 'deviceChallenge', { ...challenge, facts });
  const { accessToken, refreshToken } = await change(twin.nobody(), 'loginWithDeviceKey', {
    facts: device.login({ challengeId, challenge: text }),
    shows: 'accessToken refreshToken',
  });
  return clientOf(twin.url, { accessToken, refreshToken }, twin.subscriptionUrl);
}

/** A phone with a key pair of its own. */
export function newDevice(): TestDevice {
  return new NativeDevice('EDDSA');
}
