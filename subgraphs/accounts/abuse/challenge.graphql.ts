import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { challengeKinds, type ChallengeKind } from '../../../platform/ports/challenge.js';

const ChallengeKinds = Object.fromEntries(challengeKinds.map((kind) => [kind, kind]));
registerEnumType(ChallengeKinds, {
  name: 'ChallengeKind',
  description: 'How a challenge is solved.',
  valuesConfig: {
    PROOF_OF_WORK: {
      description:
        'By computing: a whole number so that SHA-256 of "<token>.<number>" begins with `difficulty` zero bits.',
    },
    TURNSTILE: { description: 'By the widget of Cloudflare Turnstile with `siteKey`.' },
    HCAPTCHA: { description: 'By the widget of hCaptcha with `siteKey`.' },
  },
});

/** What stands in the way of a sign-in. */
@ObjectType('Challenge', {
  description: 'What a client must solve before it may try again; each solution is good once.',
})
export class ChallengeOfLogin {
  @Field(() => ChallengeKinds, { description: 'How it is solved.' })
  kind!: ChallengeKind;

  @Field(() => String, { nullable: true, description: 'Public key for the widget; null for a proof of work.' })
  siteKey!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What to compute with, good for ten minutes: send "<token>.<number>" as challengeResponse. Null for a widget.',
  })
  token!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many zero bits the hash begins with; null for a widget.' })
  difficulty!: number | null;
}
