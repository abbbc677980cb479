/** Why an access token is not good. */
export const tokenFaults = ['TOKEN_EXPIRED', 'TOKEN_REVOKED', 'UNKNOWN'] as const;
export type TokenFault = (typeof tokenFaults)[number];
