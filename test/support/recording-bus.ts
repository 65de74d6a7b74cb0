import type { BusEvent } from '../../events/index.ts';
import type { Bus } from '../../shared/bus/index.ts';

/** Creates a bus that accepts everything, into a list. */
export const createRecordingBus = (taken: BusEvent[]): Bus => ({
  publish: async (entries) => {
    taken.push(...entries);
    return [];
  },
});
