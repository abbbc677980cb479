import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { LoadRequest } from '../load.js';

/** The list a point of sale begins with: orders with their lines and dishes, each at its table, which another subgraph owns. */
export const orderListQuery = `query OrderList($outletId: ID!) {
  orders(outletId: $outletId, first: 20) {
    edges {
      node {
        id
        number
        status
        placedAt
        total { amount currency }
        lines {
          quantity
          total { amount currency }
          menuItem { id name price(outletId: $outletId) { amount currency } }
        }
        table { id label seats }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const line = z.looseObject({ menuItem: z.looseObject({ name: z.string() }) });
const order = z.looseObject({ lines: z.array(line).length(3), table: z.looseObject({ label: z.string() }) });
const answerShape = z.object({
  errors: z.undefined().optional(),
  data: z.object({ orders: z.looseObject({ edges: z.array(z.object({ node: order })).length(20) }) }),
});

/** Sends each request once; throws unless all answers are whole and have the very same data. */
export async function requireSameAnswers(requests: readonly LoadRequest[]): Promise<void> {
  const answers = await Promise.all(requests.map(answerOf));
  for (const [index, answer] of answers.entries())
    if (!isDeepStrictEqual(answer, answers[0])) throw new Error(`${requests[index]?.url} answers something else.`);
}

async function answerOf({ url, headers, body }: LoadRequest): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return answerShape.parse(await response.json()).data;
}
