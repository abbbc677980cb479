/** Providers whose signed callbacks are understood. */
export const biometricProviders = ['facetec', 'generic'] as const;
export type BiometricProvider = (typeof biometricProviders)[number];

/** What each provider signs with: the present secret and, while it is changed, the one before it. */
export type WebhookSecrets = Readonly<Partial<Record<BiometricProvider, readonly string[]>>>;

/** How the secrets are written in the environment. */
export const WEBHOOK_SECRETS_FORM = `must look like facetec:<at least 16 characters>,generic:<…>; providers are ${biometricProviders.join(', ')}`;

const shortestSecret = 16;

/** The secrets in a text such as `facetec:new,facetec:old`; null where it cannot be read. */
export function parseWebhookSecrets(text: string): WebhookSecrets | null {
  const secrets: Partial<Record<BiometricProvider, string[]>> = {};
  for (const part of text.split(',')) {
    const [name = '', secret = ''] = part.trim().split(/:(.*)/s);
    const provider = biometricProviders.find((known) => known === name);
    if (!provider || secret.length < shortestSecret) return null;
    secrets[provider] = [...(secrets[provider] ?? []), secret];
  }
  return secrets;
}
