import { describe, expect, it } from 'vitest';
import { canaryPattern } from '../../events/index.ts';
import { buildTemplates, listOutputs, listPolicies, listResources, stateless } from './synthesized.ts';

type Properties = Readonly<Record<string, unknown>>;
interface Policy {
  readonly Roles: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly Properties[] };
}

const ofType = <P = Properties>(type: string, prefix: string) =>
  listResources<P>(stateless, type).filter(({ id }) => id.startsWith(prefix));

const findStatements = (role: string): readonly Properties[] =>
  listPolicies<Policy>(stateless)
    .filter(({ properties }) => properties.Roles.includes(role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

describe('the canary', () => {
  it('is sent every five minutes, once, and by a schedule that may do nothing else', () => {
    expect(
      ofType('AWS::Scheduler::Schedule', 'SendCanary').map(({ properties }) => properties),
    ).toMatchObject([
      {
        ScheduleExpression: 'cron(2/5 * * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: 'ENABLED',
        Target: { Arn: 'SendCanaryHandlerLive', RetryPolicy: { MaximumRetryAttempts: 0 } },
      },
    ]);
    expect(findStatements('SendCanaryScheduleRole')).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'SendCanaryHandlerLive' },
    ]);
    const [settings] = ofType('AWS::Lambda::EventInvokeConfig', 'SendCanary');
    expect(settings?.properties).toMatchObject({ MaximumRetryAttempts: 0 });
  });

  it('can put nothing but its own events on the bus', () => {
    const allowed = findStatements('SendCanaryHandlerRole').filter(({ Action }) =>
      JSON.stringify(Action).includes('events:'),
    );
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: 'Bus.Arn',
        Condition: {
          'ForAllValues:StringEquals': {
            'events:source': 'sluice.canary',
            'events:detail-type': ['LeadStageChanged', 'LeadErasureRequested'],
          },
          Null: { 'events:source': 'false', 'events:detail-type': 'false' },
        },
      },
    ]);
  });

  it('may erase its lead also where only those may who name that type', () => {
    const crm = { id: 'Crm', principal: '123456789012', sources: ['crm'] };
    const { templates } = buildTemplates({ overrides: { producers: [crm] } });
    const [denial] = listResources<{ StatementId: string; Statement: unknown }>(
      templates.stateless,
      'AWS::Events::EventBusPolicy',
    ).filter(({ properties }) => properties.StatementId === 'staging-OnlyNamedLeadErasureRequested');
    expect(denial?.properties.Statement).toMatchObject({
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': [
            'SendCanaryHandlerRole.Arn',
            'TakeRequestsHandlerRole.Arn',
            'ManageQuarantineHandlerRole.Arn',
          ],
        },
      },
    });
  });

  it('is timed where its announcement arrives, through a rule, a queue and a function like those of all consumers', () => {
    const [rule] = ofType<{ EventPattern: unknown; Targets: { Arn: string }[] }>(
      'AWS::Events::Rule',
      'TimeCanary',
    );
    expect(rule?.properties.EventPattern).toEqual(canaryPattern);
    expect(rule?.properties.Targets.map(({ Arn }) => Arn)).toEqual(['TimeCanaryEventsQueue.Arn']);
    const able = findStatements('TimeCanaryHandlerRole').flatMap(({ Resource }) => Resource);
    expect(new Set(able)).toEqual(new Set(['TimeCanaryHandlerLogs.Arn', '*', 'TimeCanaryEventsQueue.Arn']));
  });

  it('is missed where none has come back for a quarter of an hour, also if nothing at all is heard', () => {
    const [alarm] = ofType('AWS::CloudWatch::Alarm', 'SendCanary').filter(
      ({ properties }) => properties.TreatMissingData === 'breaching',
    );
    expect(alarm?.properties).toMatchObject({
      Namespace: 'Sluice-staging-Stateless',
      MetricName: 'CanariesReturned',
      Dimensions: [{ Name: 'service', Value: 'time-canary' }],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 3,
      Statistic: 'Sum',
    });
  });

  it('is told to the command line', () => {
    expect(listOutputs(stateless)).toMatchObject({
      SendCanaryFunctionName: 'SendCanaryHandlerFunction:live',
      TimeCanaryQueueUrl: expect.anything(),
    });
  });
});
