import { putEntries } from '../../../shared/bus/index.ts';
import { requestStrike } from '../faults/bus-faults.ts';
import type { LoadEntry } from '../load/entry.ts';
import type { Random } from '../random.ts';
import { createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

const longestRetryMs = 2_000;

/** A producer of events, which retries until the bus has accepted all of them. */
export interface Producer {
  readonly put: (entries: readonly LoadEntry[]) => Promise<void>;
  readonly pause: () => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
}

const buildPutRequest = ({ source, 'detail-type': type, time, detail }: LoadEntry) => ({
  EventBusName: 'bus',
  Source: source,
  DetailType: type,
  Time: new Date(time),
  Detail: JSON.stringify(detail),
});

export const createProducer = ({ bus, scheduler, plan }: World, name: string, random: Random): Producer => {
  const actor = createActor(name, random.next());
  const client = bus.client(actor, requestStrike);
  const pause = (longest = longestRetryMs) => scheduler.sleep(actor, random.between(0, longest));
  const tryOnce = async (entries: readonly LoadEntry[]): Promise<readonly LoadEntry[]> => {
    try {
      const failed = new Set(
        await putEntries({ client, pause: () => pause() }, entries.map(buildPutRequest)),
      );
      return entries.filter((_, i) => failed.has(i));
    } catch {
      // It is unknown whether the bus accepted the entries, so all of them are sent again.
      return entries;
    }
  };
  const put = async (entries: readonly LoadEntry[]): Promise<void> => {
    for (let left = await tryOnce(entries); left.length > 0; left = await tryOnce(left)) await pause();
  };
  const sleep = (ms: number) => scheduler.sleep(actor, ms);
  return { put, pause: () => pause(plan.longestPauseMs), sleep };
};
