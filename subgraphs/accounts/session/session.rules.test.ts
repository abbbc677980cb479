import { deviceLabelOf, exchangeOf, type Presentation } from './session.rules.js';

describe('what a device is called', () => {
  it.each([
    ['', 'Unknown device'],
    ['something else entirely', 'Unknown device'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36',
      'Chrome on Windows',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0', 'Edge on Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605.1.15', 'Safari on Mac'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/131.0 Mobile Safari/604.1', 'Chrome on iPhone'],
    [
      'Mozilla/5.0 (Linux; Android 15; SM-S928B) SamsungBrowser/27.0 Chrome/125 Mobile Safari/537',
      'Samsung Internet on Android',
    ],
    ['TwinEngine/3.1 (iPad; iPadOS 18) CFNetwork/1568 Darwin/24', 'TwinEngine app on iPad'],
    ['okhttp/4.12.0', 'App'],
    ['curl/8.5.0', 'Program'],
    ['Mozilla/5.0 (X11; CrOS x86_64)', 'ChromeOS'],
  ])('ACC-41 %p is %p', (userAgent, label) => {
    expect(deviceLabelOf(userAgent)).toBe(label);
  });

  it('ACC-41 tells no version, no model and nothing a client made up', () => {
    const label = deviceLabelOf('TwinEngine/9.9.9 (Android 15; Pixel 9 Pro; serial 12345) <script>');

    expect(label).toBe('TwinEngine app on Android');
  });
});

describe('what a refresh token gets', () => {
  const lastUsedAt = new Date('2026-03-14T12:00:00.000Z');
  const family = { generation: 5, deviceId: null, agentKey: 'ann', lastUsedAt };
  const graceMs = 30_000;
  const shown: Presentation = { generation: 5, deviceId: null, agentKey: 'ann' };
  const at = (seconds: number) => ({ now: new Date(lastUsedAt.getTime() + seconds * 1_000), graceMs });

  it.each([
    ['the last token', shown, 3_600, 'NEXT'],
    ['the last token by another program', { ...shown, agentKey: 'ann after an update' }, 3_600, 'NEXT'],
    ['the one before, at once', { ...shown, generation: 4 }, 0, 'AGAIN'],
    ['the one before, in the last moment of the grace', { ...shown, generation: 4 }, 29.999, 'AGAIN'],
    ['the one before, after the grace', { ...shown, generation: 4 }, 30, 'STOLEN'],
    ['the one before by another program', { ...shown, generation: 4, agentKey: 'eve' }, 1, 'STOLEN'],
    ['an older one', { ...shown, generation: 3 }, 1, 'STOLEN'],
    ['one that a restored database does not know', { ...shown, generation: 6 }, 1, 'STOLEN'],
  ] as const)('S17 %s: %j after %s s, %s', (_which, presentation, seconds, verdict) => {
    expect(exchangeOf(family, presentation, at(seconds))).toBe(verdict);
  });

  it.each([
    ['its device', 'phone', 5, 'NEXT'],
    ['its device, the one before', 'phone', 4, 'AGAIN'],
    ['another device', 'tablet', 5, 'STOLEN'],
    ['no device', null, 5, 'STOLEN'],
    ['another device, the one before', 'tablet', 4, 'STOLEN'],
  ] as const)('ACC-24 S17 a session bound to a phone, from %s: %s, %s, %s', (_what, deviceId, generation, verdict) => {
    expect(exchangeOf({ ...family, deviceId: 'phone' }, { ...shown, deviceId, generation }, at(1))).toBe(verdict);
  });

  it('S17 without a grace every old token is stolen', () => {
    expect(exchangeOf(family, { ...shown, generation: 4 }, { now: lastUsedAt, graceMs: 0 })).toBe('STOLEN');
  });
});
