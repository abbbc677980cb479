import type { Viewer } from '../platform/domain/viewer.js';

/** What every subgraph is told about the request it works for. */
export interface RequestContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly remoteAddress: string;
  readonly userAgent: string;
}
