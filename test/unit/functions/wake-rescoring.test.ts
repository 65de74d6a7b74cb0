import { describe, expect, it } from 'vitest';
import type { RescoreLeadsDeps } from '../../../functions/rescore-leads/deps.ts';
import { wake } from '../../../functions/rescore-leads/wake.ts';
import { requestRescoring } from '../../../shared/model-store/index.ts';
import type { RescoringSegment } from '../../../shared/rescoring/index.ts';

const at = '2026-03-01T09:00:00.000Z';
const startedAt = Date.parse(at);
const request = { revision: 3, modelVersion: 'small@2', actions: 'all', at } as const;
const job = { ...requestRescoring(request), segments: 1 };
const dueAt = startedAt + 60_000;
const begun: RescoringSegment = {
  ...{ segment: 0, revision: 3, pass: 1, step: 4, isDone: false, leads: 9, requested: 9 },
  ...{ movedAt: dueAt - 5_000, nextAt: dueAt, carryMs: 0 },
};

/** Wakes the function some time after its segment is due. Returns what it does. */
const wakeAfter = async (ms: number, segment: Partial<RescoringSegment> = {}): Promise<string[]> => {
  const done: string[] = [];
  const deps: Pick<RescoreLeadsDeps, 'rescorings' | 'sendToSelf' | 'now'> = {
    rescorings: {
      read: async () => ({ job, segments: [{ ...begun, ...segment }] }),
      moveSegment: async () => true,
      endPass: async () => done.push('ends the pass') > 0,
    },
    sendToSelf: async (messages) => void done.push(...messages.map(() => 'carries on')),
    now: () => dueAt + ms,
  };
  await wake(deps as RescoreLeadsDeps);
  return done;
};

describe('a wake-up', () => {
  it('leaves a segment alone whose message may only be late: each further one would cost its page again', async () => {
    expect(await wakeAfter(29_000)).toEqual([]);
    expect(await wakeAfter(30_000)).toEqual(['carries on']);
  });

  it('carries on a segment that has not begun', async () => {
    expect(await wakeAfter(0, { step: 0 })).toEqual(['carries on']);
  });

  it('ends a pass once its last rescorings can be judged, which the next pass would request again', async () => {
    expect(await wakeAfter(14_000, { isDone: true })).toEqual([]);
    expect((await wakeAfter(15_000, { isDone: true }))[0]).toBe('ends the pass');
  });
});
