import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../infra/local/pattern.ts';
import {
  funnelDayKey,
  funnelKey,
  funnelPartitions,
  funnelStockKey,
  recountKey,
} from '../../shared/keys/index.ts';
import { listOutputs, listPolicies, listResources, stateless } from './synthesized.ts';

type Properties = Readonly<Record<string, unknown>>;
interface Policy {
  readonly Roles: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly Properties[] };
}

const ofType = (type: string, owner: string) =>
  listResources<Properties>(stateless, type)
    .filter(({ id }) => id.startsWith(owner))
    .map(({ properties }) => properties);

const findGrants = (role: string): readonly Properties[] =>
  listPolicies<Policy>(stateless)
    .filter(({ properties }) => properties.Roles.includes(role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'));

/** Returns the conditions of a grant: all values of these keys are allowed, and there is one. */
const only = (keys: Readonly<Record<string, readonly string[]>>) => ({
  'ForAllValues:StringEquals': Object.fromEntries(
    Object.entries(keys).map(([key, values]) => [`dynamodb:${key}`, values]),
  ),
  Null: Object.fromEntries(Object.keys(keys).map((key) => [`dynamodb:${key}`, 'false'])),
});
const allow = (action: string, condition: object) => ({
  Effect: 'Allow',
  Action: `dynamodb:${action}`,
  Resource: 'Leads.Arn',
  Condition: condition,
});
const selecting = { StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' } };
const returning = { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } };
const counted = { Attributes: ['pk', 'sk', 'countedPosition', 'cell'] };
const counters = { LeadingKeys: [...funnelPartitions] };

describe('count-funnel', () => {
  it('takes many announcements at once, since those that are counted together share the writes of the counters', () => {
    expect(ofType('AWS::Lambda::EventSourceMapping', 'CountFunnel')).toMatchObject([
      {
        BatchSize: 200,
        MaximumBatchingWindowInSeconds: 10,
        ScalingConfig: { MaximumConcurrency: 4 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    ]);
  });

  it('may read and change what was counted of a lead, and add to the counters, and nothing else', () => {
    expect(findGrants('CountFunnelHandlerRole')).toEqual([
      allow('BatchGetItem', { ...only(counted), ...selecting }),
      allow('UpdateItem', { ...only(counted), ...returning }),
      allow('UpdateItem', { ...only(counters), ...returning }),
    ]);
  });
});

describe('recount-funnel', () => {
  it('is woken every hour, and asked for one recount a day', () => {
    expect(ofType('AWS::Scheduler::Schedule', 'RecountFunnel')).toMatchObject([
      {
        ScheduleExpression: 'cron(37 * * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        State: 'ENABLED',
        Target: {
          Arn: 'RecountFunnelHandlerLive',
          Input: '{"isDaily":true}',
          RetryPolicy: { MaximumRetryAttempts: 0 },
        },
      },
    ]);
    expect(ofType('AWS::Lambda::EventInvokeConfig', 'RecountFunnel')).toMatchObject([
      { MaximumRetryAttempts: 0 },
    ]);
  });

  it('may read how leads stand, and change what was counted of them, the counters and its own item', () => {
    const standing = [
      'pk',
      'sk',
      'version',
      'status',
      'stage',
      'tier',
      'announced',
      'countedPosition',
      'cell',
    ];
    const progress = { Attributes: ['pk', 'sk', 'current', 'doneAt'], LeadingKeys: [recountKey.pk] };
    expect(findGrants('RecountFunnelHandlerRole')).toEqual([
      allow('Scan', {
        ...only({ Attributes: standing }),
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      }),
      allow('BatchGetItem', { ...only({ Attributes: standing }), ...selecting }),
      allow('BatchGetItem', { ...only(progress), ...selecting }),
      allow('BatchGetItem', only(counters)),
      allow('UpdateItem', { ...only(counted), ...returning }),
      allow('UpdateItem', { ...only(progress), ...returning }),
      allow('UpdateItem', { ...only(counters), ...returning }),
    ]);
  });

  it('warns of the first lead that it repairs, of any difference, and of a day without it', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm', 'RecountFunnel');
    const findAlarm = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric);
    const once = { Threshold: 1, Period: 3_600, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' };
    expect(findAlarm('FunnelLeadsRepaired')).toMatchObject([once]);
    expect(findAlarm('FunnelDifference')).toMatchObject([once]);
    expect(findAlarm('FunnelRecounts')).toMatchObject([
      { Threshold: 1, Period: 3_600, EvaluationPeriods: 26, TreatMissingData: 'breaching' },
    ]);
    expect(findAlarm('FunnelLeadsAdopted')).toEqual([]);
  });

  it('has outputs by which the command line finds it', () => {
    expect(listOutputs(stateless).RecountFunnelFunctionName).toBe('RecountFunnelHandlerFunction:live');
  });
});

describe('the items of the funnel', () => {
  const filters = listResources<{
    readonly EventSourceArn: string;
    readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  }>(stateless, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.EventSourceArn === 'Leads.StreamArn')
    .flatMap(({ properties }) => properties.FilterCriteria?.Filters ?? [])
    .map(({ Pattern }) => compilePattern(JSON.parse(Pattern)));

  it.each([funnelKey('l-1'), funnelStockKey('FUNNEL#0'), funnelDayKey('FUNNEL#0', '2026-03-01'), recountKey])(
    'never reach publish-changes by the stream: $sk',
    ({ pk, sk }) => {
      expect(filters.length).toBeGreaterThan(0);
      const Keys = { pk: { S: pk }, sk: { S: sk } };
      const NewImage = { ...Keys, countedPosition: { S: '000000000001.000' }, cell: { S: 'mql/good' } };
      for (const eventName of ['INSERT', 'MODIFY'])
        expect(filters.some((passes) => passes({ eventName, dynamodb: { Keys, NewImage } }))).toBe(false);
    },
  );
});
