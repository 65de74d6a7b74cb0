import { describe, expect, it } from 'vitest';
import { listResources, stateless } from './synthesized.ts';

interface Mapping {
  readonly EventSourceArn: string;
  readonly FilterCriteria: { readonly Filters: readonly { readonly Pattern: string }[] };
}

const mappings = listResources<Mapping>(stateless, 'AWS::Lambda::EventSourceMapping').filter(
  ({ properties }) => properties.EventSourceArn.endsWith('.StreamArn'),
);
const findFilters = (table: string) =>
  mappings
    .filter(({ properties }) => properties.EventSourceArn === `${table}.StreamArn`)
    .flatMap(({ properties }) => properties.FilterCriteria.Filters)
    .map(({ Pattern }): unknown => JSON.parse(Pattern));

describe('what publish-changes reads', () => {
  it('is the stream of each table, once', () => {
    expect(mappings.map(({ properties }) => properties.EventSourceArn)).toEqual([
      'Leads.StreamArn',
      'Quarantine.StreamArn',
    ]);
  });

  it('is of the leads: new ledger entries with changes, what consumers keep, activations of models and findings of drift', () => {
    expect(findFilters('Leads')).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { changes: { S: [{ exists: true }] } } } },
      {
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: { Keys: { sk: { S: ['NURTURE', { prefix: 'HANDOFF#' }] } } },
      },
      {
        eventName: ['INSERT'],
        dynamodb: {
          Keys: { pk: { S: ['MODEL-HISTORY'] } },
          NewImage: { act: { S: ['activated', 'rolled-back'] } },
        },
      },
      {
        eventName: ['INSERT'],
        dynamodb: { Keys: { pk: { S: ['DRIFT'] } }, NewImage: { findings: { N: [{ exists: true }] } } },
      },
    ]);
  });

  it('is of the quarantine: an event that is new in it', () => {
    expect(findFilters('Quarantine')).toEqual([
      { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['META'] } } } },
    ]);
  });
});

describe('a record that fails', () => {
  it.each(mappings)(
    'is isolated, tried a finite number of times, and sent whole to the on-failure destination: $id',
    ({ properties }) => {
      expect(properties).toMatchObject({
        FunctionName: 'PublishChangesHandlerFunction:live',
        BatchSize: 100,
        ParallelizationFactor: 2,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10,
        MaximumRecordAgeInSeconds: 6 * 3_600,
        DestinationConfig: { OnFailure: { Destination: 'FailedRecords.Arn' } },
        MetricsConfig: { Metrics: ['EventCount'] },
      });
    },
  );

  it.each(mappings)('leaves nothing out that was written before the mapping: $id', ({ properties }) => {
    expect(properties).toMatchObject({ StartingPosition: 'TRIM_HORIZON' });
  });
});
