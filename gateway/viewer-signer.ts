import { signViewer } from '../platform/domain/viewer-signature.js';
import type { Viewer } from '../platform/domain/viewer.js';
import { plusMs, type Clock } from '../platform/process/clock.js';

/** A viewer as text that one subgraph believes for half a minute. */
export type SignForSubgraph = (viewer: Viewer, audience: string) => string;

// Signatures live 30 s; one used for at most 20 s is still good when a slow subgraph comes to read it.
const reuseMs = 20_000;

interface Signature {
  readonly text: string;
  readonly renewAt: Date;
}

/** Signs each viewer once per subgraph, and again when the signature is 20 s old, as happens in subscriptions. */
export function createViewerSigner(secret: string, clock: Clock): SignForSubgraph {
  const signatures = new WeakMap<Viewer, Map<string, Signature>>();
  return (viewer, audience) => {
    const now = clock.now();
    const ofViewer = signatures.get(viewer) ?? new Map<string, Signature>();
    const known = ofViewer.get(audience);
    if (known && known.renewAt > now) return known.text;
    const text = signViewer(viewer, audience, secret, now);
    signatures.set(viewer, ofViewer.set(audience, { text, renewAt: plusMs(now, reuseMs) }));
    return text;
  };
}
