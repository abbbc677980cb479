import { post } from './api.js';
import { authorization, withFreshToken } from './session.js';

type Variables = Readonly<Record<string, unknown>>;

const OUTLETS = 'query FirstOutlet { outlets(first: 1) { edges { node { id } } } }';

interface Outlets {
  readonly outlets: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

/** An example's variables with the first outlet of who is signed in wherever an outlet is asked for; an example must run as it is. */
export async function variablesOf(
  document: string,
  variables: Variables | null | undefined,
): Promise<Variables | null> {
  const asksForOutlet = document.includes('$outletId') || JSON.stringify(variables ?? {}).includes('"outletId":""');
  const outletId = asksForOutlet ? await firstOutletId() : null;
  if (!outletId) return variables ?? null;
  const filled = JSON.parse(JSON.stringify(variables ?? {}).replaceAll('"outletId":""', `"outletId":"${outletId}"`));
  return document.includes('$outletId') ? { ...filled, outletId } : filled;
}

async function firstOutletId(): Promise<string | null> {
  if (!authorization()['authorization']) return null;
  const answer = await withFreshToken(() => post<Outlets>({ query: OUTLETS }, authorization())).catch(() => null);
  return answer?.data?.outlets?.edges[0]?.node.id ?? null;
}
