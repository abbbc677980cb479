import { useGraphiQLActions } from '@graphiql/react';
import { useActionState } from 'react';
import { signIn, signOut, useSession } from './session.js';

/** Who is signed in and the way out, or the form to sign in. */
export function Account() {
  const { session, notice } = useSession();
  return session ? <SignedIn userName={session.userName} /> : <SignInForm notice={notice} />;
}

interface Attempt {
  readonly identifier: string;
  readonly failure: string | null;
}

function SignInForm({ notice }: { readonly notice: string | null }) {
  const { introspect } = useGraphiQLActions();
  const [attempt, submit, isPending] = useActionState(
    async (_previous: Attempt, form: FormData): Promise<Attempt> => {
      const identifier = String(form.get('identifier'));
      try {
        await signIn(identifier, String(form.get('password')));
      } catch (error) {
        return { identifier, failure: error instanceof Error ? error.message : String(error) };
      }
      // The schema one may see depends on who one is.
      void introspect();
      return { identifier, failure: null };
    },
    { identifier: '', failure: null },
  );
  return (
    <form className="account" action={submit}>
      <span className="failure" role="alert">
        {isPending ? '' : (attempt.failure ?? notice)}
      </span>
      <input
        name="identifier"
        aria-label="E-mail or user name"
        placeholder="E-mail or user name"
        defaultValue={attempt.identifier}
        autoComplete="username"
        required
      />
      <input
        name="password"
        type="password"
        aria-label="Password"
        placeholder="Password"
        autoComplete="current-password"
        required
      />
      <button type="submit" className="bar-button primary" disabled={isPending}>
        {isPending ? 'Signing in' : 'Sign in'}
      </button>
    </form>
  );
}

function SignedIn({ userName }: { readonly userName: string }) {
  const { introspect, stop } = useGraphiQLActions();
  const [, leave, isPending] = useActionState(async () => {
    stop(); // A running subscription goes on with the rights it was opened with.
    await signOut();
    void introspect();
  }, undefined);
  return (
    <form className="account" action={leave}>
      <span>
        Signed in as <strong>{userName}</strong>
      </span>
      <button type="submit" className="bar-button" disabled={isPending}>
        Sign out
      </button>
    </form>
  );
}
