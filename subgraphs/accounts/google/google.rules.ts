import { BadUserInput } from '../../../platform/domain/errors.js';
import type { AuthorizationCode, VouchedIdentity } from '../../../platform/ports/identity-provider.js';
import { requireEmail, requireName } from '../user/user.rules.js';

/** What somebody shows of their account at Google. */
export interface GoogleProof {
  readonly idToken?: string | null;
  readonly authorizationCode?: string | null;
  readonly redirectUri?: string | null;
  readonly codeVerifier?: string | null;
}

/** The ID token or the authorization code of a request, exactly one of them; throws naming the field. */
export function requireProof(proof: GoogleProof): { idToken: string } | AuthorizationCode {
  const { idToken, authorizationCode: code, redirectUri, codeVerifier } = proof;
  if (idToken && !code) {
    if (redirectUri || codeVerifier)
      throw new BadUserInput('An ID token needs no more.', [redirectUri ? 'redirectUri' : 'codeVerifier']);
    return { idToken };
  }
  if (!code || idToken) throw new BadUserInput('Give exactly one: idToken or authorizationCode.', ['idToken']);
  if (!redirectUri) throw new BadUserInput('Say which address the code was sent to.', ['redirectUri']);
  return { code, redirectUri, codeVerifier: codeVerifier ?? null };
}

/** What a new account is made of; null where the address cannot be one of ours. Without a name that can be shown it is the one before the "@". */
export function personOf({ email, name }: VouchedIdentity): { email: string; name: string } | null {
  const address = acceptedOr(null, () => requireEmail(email));
  if (address === null) return null;
  const [mailbox = ''] = address.split('@');
  return { email: address, name: acceptedOr(mailbox, () => requireName(name ?? '')) };
}

function acceptedOr<Other>(other: Other, check: () => string): string | Other {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof BadUserInput)) throw error;
    return other;
  }
}
