import { expect, it, vi } from 'vitest';
import { countPayloads } from '../../../shared/intake/index.ts';
import { metrics } from '../../../shared/lambda/index.ts';

it('counts all payloads that are quarantined as unmapped, by whichever door they came', () => {
  const add = vi.spyOn(metrics, 'addMetric');
  const counts = {
    ...{ taken: 1, own: 2, ignored: 4, unknown: 8, empty: 16, unmapped: 32, unproven: 64 },
    ...{ 'missing-changes': 128, unavailable: 256 },
  };
  countPayloads({ counts });
  expect(add.mock.calls.map(([name, , value]) => [name, value])).toEqual([
    ['PayloadsTaken', 1],
    ['PayloadsUnmapped', 32 + 64 + 128],
    ['PayloadsUnknown', 8],
  ]);
  metrics.clearMetrics();
});
