import { describe, expect, it } from 'vitest';
import { listOutputs, listPolicies, listResources, stateless } from './synthesized.ts';

type Properties = Readonly<Record<string, unknown>>;
interface Policy {
  readonly Roles: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly Properties[] };
}

const ofType = <P = Properties>(type: string) =>
  listResources<P>(stateless, type)
    .filter(({ id }) => id.startsWith('AdvanceLeads'))
    .map(({ properties }) => properties);

const findStatements = (role: string): readonly Properties[] =>
  listPolicies<Policy>(stateless)
    .filter(({ properties }) => properties.Roles.includes(role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

/** Returns the condition that a request touches these attributes only and, if one is given, this partition only. */
const only = (attributes: readonly string[], partition?: string) => ({
  'ForAllValues:StringEquals': {
    'dynamodb:Attributes': ['pk', 'sk', ...attributes],
    ...(partition !== undefined && { 'dynamodb:LeadingKeys': [partition] }),
  },
  Null: {
    'dynamodb:Attributes': 'false',
    ...(partition !== undefined && { 'dynamodb:LeadingKeys': 'false' }),
  },
});

describe('advance-leads', () => {
  it('runs every five minutes, once, and by a schedule that may do nothing else', () => {
    expect(ofType('AWS::Scheduler::Schedule')).toMatchObject([
      {
        ScheduleExpression: 'cron(1/5 * * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: 'ENABLED',
        Target: { Arn: 'AdvanceLeadsHandlerLive', RetryPolicy: { MaximumRetryAttempts: 0 } },
      },
    ]);
    expect(findStatements('AdvanceLeadsScheduleRole')).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'AdvanceLeadsHandlerLive' },
    ]);
    expect(ofType('AWS::Lambda::EventInvokeConfig')).toMatchObject([{ MaximumRetryAttempts: 0 }]);
  });

  it('ends well before the next run begins', () => {
    expect(ofType('AWS::Lambda::Function')).toMatchObject([{ Timeout: 120 }]);
  });

  it('may read what is due and the open leads, keep its own item, and send to the three queues', () => {
    const granted = findStatements('AdvanceLeadsHandlerRole').filter(({ Action }) =>
      /dynamodb:|sqs:/.test(JSON.stringify(Action)),
    );
    expect(granted).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: 'Leads.Arn/index/by-due' },
      {
        Effect: 'Allow',
        Action: 'dynamodb:Scan',
        Resource: 'Leads.Arn',
        Condition: {
          ...only(['dueAt', 'status']),
          StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:BatchGetItem',
        Resource: 'Leads.Arn',
        Condition: {
          ...only(['doneHour', 'sweptAt', 'sweptTo'], 'CLOCK'),
          StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:UpdateItem',
        Resource: 'Leads.Arn',
        Condition: {
          ...only(['doneHour', 'sweptAt', 'sweptTo'], 'CLOCK'),
          StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
        },
      },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: ['HandOffEventsQueue.Arn', 'ScoreLeadsEventsQueue.Arn', 'StartNurtureEventsQueue.Arn'],
      },
    ]);
  });

  it('is behind once something was due for half an hour in two runs', () => {
    const own = {
      Namespace: 'Sluice-staging-Stateless',
      Dimensions: [{ Name: 'service', Value: 'advance-leads' }],
    };
    const findAlarm = (metric: string) =>
      ofType('AWS::CloudWatch::Alarm').filter(({ MetricName }) => MetricName === metric);
    expect(findAlarm('ClockLagSeconds')).toMatchObject([
      { ...own, Threshold: 1_800, Period: 300, EvaluationPeriods: 2, Statistic: 'Maximum' },
    ]);
    expect(findAlarm('ClockRuns')).toMatchObject([
      {
        ...own,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        Period: 300,
        EvaluationPeriods: 4,
        Statistic: 'Sum',
        TreatMissingData: 'breaching',
      },
    ]);
  });

  it('is told to the command line', () => {
    expect(listOutputs(stateless).AdvanceLeadsFunctionName).toBe('AdvanceLeadsHandlerFunction:live');
  });
});
