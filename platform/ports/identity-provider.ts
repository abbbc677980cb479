/** Who somebody is, as a provider of identities vouches for it. */
export interface VouchedIdentity {
  /** The provider's own name for them; it stays when their address changes. */
  readonly subject: string;
  readonly email: string;
  /** Whether the provider says that the address is theirs. */
  readonly isEmailVerified: boolean;
  /** Full name; null where they do not share it. */
  readonly name: string | null;
}

/** What an authorization code is exchanged with. */
export interface AuthorizationCode {
  readonly code: string;
  /** The address the code was sent to. */
  readonly redirectUri: string;
  /** The secret of PKCE, where the code was asked for with its hash. */
  readonly codeVerifier?: string | null;
}

/** A provider people have an account at, asked who they are. Both throw when the provider cannot be asked. */
export interface IdentityProvider {
  /** Who an ID token vouches for; null where it is not good, is for somebody else's app, or has not the nonce that is asked for. */
  verify(idToken: string, asked: { nonce?: string | null; now: Date }): Promise<VouchedIdentity | null>;
  /** The ID token an authorization code stands for; null where the provider refuses the code. */
  exchange(code: AuthorizationCode): Promise<string | null>;
}
