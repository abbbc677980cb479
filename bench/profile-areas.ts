/** The part of a CPU profile that is summed: a tree of frames, and which of them was on top at each sample. */
export interface SampledProfile {
  readonly nodes: readonly FrameNode[];
  /** Ids of nodes. */
  readonly samples?: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas?: readonly number[];
}

/** A frame in its place in the tree; callers come before what they call. */
export interface FrameNode {
  readonly id: number;
  readonly callFrame: Frame;
  readonly children?: readonly number[];
}

/** A function; its `url` is empty where it is built into the engine. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

const engine = 'the engine itself';
const unseen = 'not of the program';

// The first that matches counts.
const areas: readonly (readonly [pattern: RegExp, area: string])[] = [
  [/^node:inspector/, unseen],
  [/@apollo\/gateway\/dist\/resultShaping/, 'Apollo gateway: shape of the answer'],
  [/@apollo\/(federation-internals|query-graphs|query-planner)\//, 'Apollo planner and its operations'],
  [/@apollo\/gateway\//, 'Apollo gateway: running the plan'],
  [/node_modules\/(node-fetch|make-fetch-happen|minipass[\w-]*|agent-base|cacache)\//, 'node-fetch and its agents'],
  [/node_modules\/(@apollo\/utils\.fetcher|@npmcli\/agent)\//, 'node-fetch and its agents'],
  [/node_modules\/@apollo\//, 'Apollo Server'],
  [/node_modules\/(cors|body-parser|finalhandler|raw-body|type-is|negotiator|whatwg-mimetype)\//, 'Apollo Server'],
  [/node_modules\/undici\//, 'undici'],
  [/node_modules\/(graphql|@graphql-tools)\//, 'graphql-js'],
  [/node_modules\/type-graphql\/|\/dist\/subgraphs\//, 'resolvers and type-graphql'],
  [/node_modules\/(@mikro-orm|kysely|dataloader)\/|\/dist\/platform\/data\/|^node:sqlite/, 'MikroORM, Kysely, SQLite'],
  [/node_modules\/jose\/|^node:internal\/crypto|^node:crypto/, 'tokens and signatures'],
  [/\/dist\/(gateway\/access-token|platform\/domain\/viewer-signature)/, 'tokens and signatures'],
  [/\/dist\/gateway\//, 'our gateway'],
  [/\/dist\/platform\/http\//, 'our HTTP between processes'],
  [/\/dist\/platform\//, 'our platform'],
  [/^node:/, 'Node: HTTP, sockets, timers'],
  [/\/node_modules\//, 'other packages'],
];

/** A profile's own time in milliseconds by area, most first, idle time left out. What the engine runs for a function counts as that function's. */
export function areaMs({ nodes, samples = [], timeDeltas = [] }: SampledProfile): Record<string, number> {
  const areaOfNode = areasOfNodes(nodes);
  const sums = new Map<string, number>();
  for (const [index, sample] of samples.entries()) {
    const area = areaOfNode.get(sample) ?? engine;
    if (area !== unseen) sums.set(area, (sums.get(area) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  }
  return Object.fromEntries([...sums].toSorted(([, a], [, b]) => b - a));
}

function areasOfNodes(nodes: readonly FrameNode[]): ReadonlyMap<number, string> {
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const found = new Map<number, string>();
  for (const { id, callFrame } of nodes)
    found.set(id, areaOfFrame(callFrame) ?? found.get(callers.get(id) ?? id) ?? engine);
  return found;
}

/** The area of a frame; null where only its caller can tell. */
function areaOfFrame({ functionName, url }: Frame): string | null {
  if (functionName === '(idle)') return unseen;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)' || functionName === '(root)') return engine;
  return url === '' ? null : (areas.find(([pattern]) => pattern.test(url))?.[1] ?? 'other');
}
