import { LocalEventStream, type PublishingStream } from '../../platform/events/stream.js';
import { openRedisEventStream } from '../../platform/events/redis-stream.js';
import type { Log } from '../../platform/process/log.js';
import type { TestPlace } from './target.js';

const nobody = async (source: string) => Promise.reject(new Error(`Nobody has an outbox of ${source}.`));

/** The event stream a place has: in process, or through Redis under the place's own names. */
export function openTestStream(place: TestPlace, log: Log): Promise<PublishingStream> {
  const { redisUrl, location } = place;
  const others = { readOutbox: nobody, flush: nobody };
  return redisUrl === null
    ? Promise.resolve(new LocalEventStream())
    : openRedisEventStream({ redisUrl, prefix: location.prefix, log, others });
}
