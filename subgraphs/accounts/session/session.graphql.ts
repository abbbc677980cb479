import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { User } from '../user/user.graphql.js';
import { sessionSelections, signInMethods, type SessionSelection, type SignInMethod } from './session.rules.js';

const SignInMethods = Object.fromEntries(signInMethods.map((method) => [method, method]));
registerEnumType(SignInMethods, {
  name: 'SignInMethod',
  description: 'How somebody proved who they are when a session began.',
  valuesConfig: {
    PASSWORD: { description: 'E-mail address or user name, and the password.' },
    SECOND_FACTOR: { description: 'Another way first, and then a code of the second step.' },
    GOOGLE: { description: 'An account at Google.' },
    DEVICE_KEY: { description: 'A key in the phone, opened by finger or face.' },
    PASSKEY: { description: 'A passkey.' },
  },
});

const SessionSelections = Object.fromEntries(sessionSelections.map((selection) => [selection, selection]));
registerEnumType(SessionSelections, {
  name: 'SessionSelection',
  description: 'Which of the own sessions.',
  valuesConfig: {
    ALL: { description: 'Every one, the one that asks included.' },
    OTHERS: { description: 'Every one but the one that asks.' },
  },
});

/** A session as its holder sees it. */
@ObjectType({ description: 'One sign-in of the person who is asking, on one device. Readable by them only.' })
export class Session {
  @Field(() => ID, { description: 'Identifier, such as "ses_01J…".' })
  id!: string;

  @Field(() => SignInMethods, { description: 'How they signed in.' })
  method!: SignInMethod;

  @Field(() => String, { description: 'What to recognise the device by, such as "Firefox on Linux".' })
  deviceLabel!: string;

  @Field(() => Date, { description: 'When they signed in.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last got tokens; what it did between is not kept.' })
  lastUsedAt!: Date;

  @Field(() => Date, { description: 'When it ends by itself unless it gets tokens again.' })
  expiresAt!: Date;
}

export const SessionConnection = connectionOf('Session', () => Session);

/** What refreshToken needs. */
@InputType({ description: 'The refresh token to exchange.' })
export class RefreshTokenInput {
  @Field(() => String, { description: 'The last refresh token of the session.' })
  refreshToken!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The device the session is bound to, where it is bound to one; on another the session ends.',
  })
  deviceId?: string | null;
}

/** What refreshToken answers. */
@ObjectType({ description: 'What came of refreshToken.' })
export class RefreshTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The next access token.' })
  accessToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The next refresh token. The one sent is used up; sent again within half a minute it gets the same reply.',
  })
  refreshToken?: string | null;

  @Field(() => User, { nullable: true, description: 'Who is signed in.' })
  user?: User | null;
}

/** What logout needs. */
@InputType({ description: 'The session to end.' })
export class LogoutInput {
  @Field(() => String, { description: 'The last refresh token of the session.' })
  refreshToken!: string;
}

/** What logout answers. */
@ObjectType({ description: 'What came of logout.' })
export class LogoutPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the session has ended.' })
  isSignedOut?: boolean | null;
}

/** What revokeSessions needs. */
@InputType({ description: 'Which of the own sessions end: those named, or a selection; one of the two.' })
export class RevokeSessionsInput {
  @Field(() => [ID], { nullable: true, description: 'Sessions to end; at most 100.' })
  sessionIds?: string[] | null;

  @Field(() => SessionSelections, { nullable: true, description: 'Instead of naming them: all, or all others.' })
  which?: SessionSelection | null;
}

/** What revokeSessions answers. */
@ObjectType({ description: 'What came of revokeSessions.' })
export class RevokeSessionsPayload extends Payload {
  @Field(() => Int, {
    nullable: true,
    description: 'How many sessions ended; those that had ended before are not counted.',
  })
  revokedCount?: number | null;
}
