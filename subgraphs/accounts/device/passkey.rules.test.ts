import { loadConfig } from '../../../platform/process/config.js';
import { relyingPartyOf } from './passkey.rules.js';

describe('the relying party of passkeys', () => {
  it.each([
    [{}, { apiOrigin: 'http://localhost:4000', origins: ['http://localhost:4000'], rpId: 'localhost' }],
    [
      { PUBLIC_URL: 'https://api.example.com/twin/' },
      { apiOrigin: 'https://api.example.com', origins: ['https://api.example.com'], rpId: 'api.example.com' },
    ],
    [
      {
        PUBLIC_URL: 'https://api.example.com',
        ALLOWED_ORIGINS: 'https://pos.example.com, android:apk-key-hash:abc',
        PASSKEY_RP_ID: 'example.com',
      },
      {
        apiOrigin: 'https://api.example.com',
        origins: ['https://api.example.com', 'https://pos.example.com', 'android:apk-key-hash:abc'],
        rpId: 'example.com',
      },
    ],
  ])('with %j', (env, expected) => {
    expect(relyingPartyOf(loadConfig(env))).toEqual(expected);
  });

  it.each(['https://example.com', 'Example.com', 'example.com:443', '.example.com'])('is not %s', (name) => {
    expect(() => loadConfig({ PASSKEY_RP_ID: name })).toThrow('PASSKEY_RP_ID');
  });

  it('and the secrets of providers are refused where they cannot be read', () => {
    expect(() => loadConfig({ BIOMETRIC_WEBHOOK_SECRETS: 'facetec:short' })).toThrow('BIOMETRIC_WEBHOOK_SECRETS');
    const { biometricWebhookSecrets } = loadConfig({ BIOMETRIC_WEBHOOK_SECRETS: 'facetec:0123456789abcdef' });
    expect(biometricWebhookSecrets).toEqual({ facetec: ['0123456789abcdef'] });
  });
});
