import { describe, expect, it } from 'vitest';
import { assertNothingLost, type Summary } from '../../../cli/replay/summary.ts';
import type { RunningStack } from '../../../cli/stack/run-stack.ts';

const running = (deadLetters: number) =>
  ({
    stack: { queues: () => ({ 'Sluice-dev-ScoringDeadLetters': { visible: deadLetters } }) },
  }) as unknown as RunningStack;

const check = (counts: Partial<Summary>, deadLetters = 0) =>
  assertNothingLost(running(deadLetters), {
    received: 10,
    recorded: 7,
    duplicates: 2,
    quarantined: 1,
    ...counts,
  } as Summary);

describe('the check that no event of a run is lost', () => {
  it('passes if each was recorded, recognized as a duplicate or quarantined', () => {
    expect(() => check({})).not.toThrow();
  });

  it('passes if a batch was delivered again: its events are duplicates once more', () => {
    expect(() => check({ duplicates: 5 })).not.toThrow();
  });

  it.each([{ recorded: 6 }, { duplicates: 1 }, { quarantined: 0 }])(
    'fails if one is missing: %j',
    (counts) => {
      expect(() => check(counts)).toThrow('received 10, but recorded');
    },
  );

  it('fails if more was recorded than came in', () => {
    expect(() => check({ recorded: 10 })).toThrow('received 10, but recorded 10');
  });

  it('fails if a message was given up', () => {
    expect(() => check({}, 1)).toThrow('dead-letter queues: Sluice-dev-ScoringDeadLetters: 1');
  });
});
