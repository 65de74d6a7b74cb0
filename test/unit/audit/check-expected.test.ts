import { describe, expect, it } from 'vitest';
import { checkExpected } from '../../../cli/audit/check-expected.ts';
import { hourMs } from '../../../events/index.ts';

const now = Date.UTC(2026, 4, 9, 12);
const check = (runs: readonly number[], numbers: { leads?: number; anchored?: number } = {}) => {
  const { leads = 5, anchored = 4 } = numbers;
  return checkExpected({ leads, anchored, anchors: { runs, findings: [] } }, now).map(
    ({ sentence }) => sentence,
  );
};

describe('expected anchors', () => {
  it('are there if the newest are of the last day and include leads that were verified', () => {
    expect(check([now - 90 * hourMs, now - 26 * hourMs])).toEqual([]);
  });

  it('are missing if there are none', () => {
    expect(check([])).toEqual(['there are no anchors, although they are expected']);
  });

  it('are missing if the newest are too old', () => {
    expect(check([now - 27 * hourMs])).toEqual([
      'the newest anchors are of 2026-05-08T09:00:00.000Z; allowed: at most 26 hours old',
    ]);
  });

  it('are missing if they include no lead that was verified, unless there is none', () => {
    expect(check([now], { anchored: 0 })).toEqual(['none of the verified leads has an anchor']);
    expect(check([now], { anchored: 0, leads: 0 })).toEqual([]);
  });
});
