import type { DeviceChallengePurpose } from './device-key.rules.js';

/** What an API says of a challenge. */
export interface ToldChallenge {
  readonly challengeId: string;
  readonly challenge: string;
}

/** How an answer differs from a right one. */
export interface AnswerChanges {
  readonly purpose?: DeviceChallengePurpose;
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly isUserVerified?: boolean;
  readonly isUserPresent?: boolean;
  readonly counter?: number;
  /** Another device whose key signs. */
  readonly signedBy?: TestDevice;
  readonly userHandle?: string;
  /** What becomes of the signature's bytes. */
  readonly signature?: (signature: Buffer) => Buffer;
}

/** A phone with a key in it, or one with an authenticator. */
export interface TestDevice {
  readonly kind: 'NATIVE' | 'PASSKEY';
  readonly deviceId: string;
  /** The highest counter it has signed. */
  readonly counter: number;
  /** What registerDeviceKey needs besides password and label. */
  registration(told: ToldChallenge, changes?: AnswerChanges): object;
  /** What loginWithDeviceKey needs. */
  login(told: ToldChallenge, changes?: AnswerChanges): object;
  /** Signs by its key. */
  sign(data: Buffer): Buffer;
}

/** Where the API is, as the devices are configured. */
export const apiOrigin = 'http://localhost:4000';
export const rpId = 'localhost';
