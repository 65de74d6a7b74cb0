import { describe, expect, it } from 'vitest';
import { listOutputs, listPolicies, listResources, stateless } from './synthesized.ts';

type Properties = Readonly<Record<string, unknown>>;

const ofType = (type: string) =>
  listResources<Properties>(stateless, type)
    .filter(({ id }) => id.startsWith('CheckDrift'))
    .map(({ properties }) => properties);

describe('check-drift', () => {
  it('is woken every day, and asked for one check a month', () => {
    expect(ofType('AWS::Scheduler::Schedule')).toMatchObject([
      {
        ScheduleExpression: 'cron(17 3 * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        State: 'ENABLED',
        Target: {
          Arn: 'CheckDriftHandlerLive',
          Input: '{"isMonthly":true}',
          RetryPolicy: { MaximumRetryAttempts: 0 },
        },
      },
    ]);
  });

  it('warns of the first finding, and of no month without a check', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm').filter(({ MetricName }) =>
      String(MetricName).startsWith('Drift'),
    );
    expect(alarms).toMatchObject([
      {
        MetricName: 'DriftFindings',
        Threshold: 1,
        Period: 3_600,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      },
    ]);
  });

  it('may change nothing but checks', () => {
    const statements = listPolicies<{
      readonly Roles: readonly string[];
      readonly PolicyDocument: { readonly Statement: readonly Properties[] };
    }>(stateless)
      .filter(({ properties }) => properties.Roles.includes('CheckDriftHandlerRole'))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
    const writes = statements.filter(({ Action }) =>
      /dynamodb:(Put|Update|Delete)/.test(JSON.stringify(Action)),
    );
    expect(writes).toMatchObject([
      {
        Action: 'dynamodb:UpdateItem',
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['DRIFT'] } },
      },
    ]);
  });

  it('has an output by which the command line finds it', () => {
    expect(listOutputs(stateless).CheckDriftFunctionName).toBe('CheckDriftHandlerFunction:live');
  });
});
