import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { ownMetricsBy } from '../../../infra/constructs/own-metric.ts';

describe('the metrics of a count by a dimension', () => {
  it('are one for each value, with the value as label', () => {
    const metrics = ownMetricsBy(new Stack(), 'score-leads', 'TierChanges');
    expect(metrics.length).toBeGreaterThan(1);
    for (const { label, dimensions } of metrics)
      expect(dimensions).toEqual({ service: 'score-leads', change: label });
  });

  it('are refused if the service has no such count, rather than empty', () => {
    expect(() => ownMetricsBy(new Stack(), 'publish-changes', 'TierChanges' as never)).toThrow(
      'metric of publish-changes: given TierChanges; allowed: Announced',
    );
  });
});
