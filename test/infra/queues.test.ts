import { describe, expect, it } from 'vitest';
import {
  actionContracts,
  actionPattern,
  canaryPattern,
  deadlineMovedPattern,
  erasurePattern,
  funnelPattern,
  handoffVerdictPattern,
  inboundPattern,
  internalContracts,
  recyclingPattern,
} from '../../events/index.ts';
import { listOutputs, listPolicies, listResources, stateless } from './synthesized.ts';

interface Queue {
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
  readonly SqsManagedSseEnabled?: boolean;
  readonly MessageRetentionPeriod?: number;
  readonly VisibilityTimeout?: number;
}
interface Rule {
  readonly EventBusName: string;
  readonly EventPattern: { readonly 'detail-type'?: readonly string[] };
  readonly State: string;
  readonly Targets: readonly {
    readonly Arn: string;
    readonly DeadLetterConfig: { readonly Arn: string };
    readonly RetryPolicy: unknown;
  }[];
}
interface QueuePolicy {
  readonly Queues: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly Record<string, unknown>[] };
}
interface Mapping {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
}

const days = 86_400;
const queues = listResources<Queue>(stateless, 'AWS::SQS::Queue');
const policies = listResources<QueuePolicy>(stateless, 'AWS::SQS::QueuePolicy');
const rules = listResources<Rule>(stateless, 'AWS::Events::Rule');
const mappings = listResources<Mapping>(stateless, 'AWS::Lambda::EventSourceMapping').filter(
  ({ properties }) => properties.EventSourceArn.endsWith('Queue.Arn'),
);
const workQueues = queues.filter(({ properties }) => properties.RedrivePolicy);
const names = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe('what reaches a function', () => {
  it.each([
    ['ScoreLeadsEvents', 'Inbound', inboundPattern],
    ['StartNurtureEvents', 'ActionChanged', actionPattern],
    ['HandOffEvents', 'ActionChanged', actionPattern],
    ['HandOffEvents', 'VerdictGiven', handoffVerdictPattern],
    ['HandOffEvents', 'DeadlineMoved', deadlineMovedPattern],
    ['ScoreLeadsEvents', 'Recycled', recyclingPattern],
    ['EraseLeadEvents', 'LeadErased', erasurePattern],
    ['CountFunnelEvents', 'StandingChanged', funnelPattern],
    ['TimeCanaryEvents', 'Returned', canaryPattern],
  ])('puts into the queue of %s what the contracts say (%s)', (queue, ruleId, pattern) => {
    const rule = rules.find(({ id }) => id === `${queue}${ruleId}`)?.properties;
    expect(rule).toMatchObject({ EventBusName: 'Bus', State: 'ENABLED', EventPattern: pattern });
    expect(rule?.EventPattern).toEqual(pattern);
    expect(rule?.Targets.map(({ Arn }) => Arn)).toEqual([`${queue}Queue.Arn`]);
  });

  it('has no rule beyond these', () => {
    expect(names(rules)).toHaveLength(10);
  });

  it('brings every type to scoring and every change of action to the consumers', () => {
    const typesInto = (queue: string) =>
      rules
        .filter(({ properties }) => properties.Targets[0]?.Arn === `${queue}Queue.Arn`)
        .flatMap(({ properties }) => properties.EventPattern['detail-type'] ?? 'any');
    const actions = actionContracts.map(({ detailType }) => detailType);
    expect(typesInto('ScoreLeadsEvents')).toEqual([
      { 'anything-but': Object.keys(internalContracts) },
      'HandoffExpired',
    ]);
    expect(typesInto('StartNurtureEvents')).toEqual(actions);
    expect(typesInto('HandOffEvents')).toEqual([
      ...actions,
      'HandoffAccepted',
      'HandoffRejected',
      'HandoffDeadlineMoved',
    ]);
  });

  it.each(rules)('tries to deliver for a day, then keeps the event: $id', ({ properties }) => {
    for (const { Arn, DeadLetterConfig, RetryPolicy } of properties.Targets) {
      expect(RetryPolicy).toEqual({ MaximumEventAgeInSeconds: days, MaximumRetryAttempts: 185 });
      expect(DeadLetterConfig.Arn).toBe(Arn.replace(/Queue\.Arn$/, 'Undeliverable.Arn'));
    }
  });
});

describe('how a queue is worked off', () => {
  const settings = {
    ScoreLeads: { BatchSize: 50, ScalingConfig: { MaximumConcurrency: 20 } },
    StartNurture: { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 10 } },
    HandOff: { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 10 } },
    EraseLead: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 10 } },
  };

  it.each(Object.entries(settings))('hands batches to %s and hears of failures one by one', (fn, own) => {
    const mapping = mappings.find(
      ({ properties }) => properties.FunctionName === `${fn}HandlerFunction:live`,
    );
    expect(mapping?.properties).toEqual({
      EventSourceArn: `${fn}EventsQueue.Arn`,
      FunctionName: `${fn}HandlerFunction:live`,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...own,
    });
  });

  it('has one function for each queue', () => {
    expect(mappings.map(({ properties }) => properties.EventSourceArn).sort()).toEqual(
      names(workQueues)
        .map((id) => `${id}.Arn`)
        .sort(),
    );
  });

  it.each(workQueues)(
    'hides a message for six timeouts of its function and more: $id',
    ({ id, properties }) => {
      const mapping = mappings.find((found) => found.properties.EventSourceArn === `${id}.Arn`);
      const functions = listResources<{ Timeout: number }>(stateless, 'AWS::Lambda::Function');
      const timeout = functions.find((fn) => `${fn.id}:live` === mapping?.properties.FunctionName)?.properties
        .Timeout;
      expect(timeout).toBeGreaterThan(0);
      expect(properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * (timeout ?? Number.NaN));
    },
  );
});

describe('what cannot be worked on', () => {
  it.each(workQueues)('becomes a dead letter after five tries: $id', ({ id, properties }) => {
    expect(properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: `${id.replace(/Queue$/, 'DeadLetters')}.Arn`,
      maxReceiveCount: 5,
    });
  });

  it('is kept for 14 days in every queue that is not worked off', () => {
    const resting = queues.filter(({ properties }) => !properties.RedrivePolicy);
    // Besides the two queues of each function there is one for failed runs of a schedule.
    expect(names(resting)).toHaveLength(2 * workQueues.length + 1);
    for (const { properties } of resting) expect(properties.MessageRetentionPeriod).toBe(14 * days);
  });
});

describe('what the command line is told', () => {
  const outputs = listOutputs(stateless);

  it.each(workQueues)('is where $id is, and where what it gave up lies', ({ id }) => {
    const name = id.replace(/EventsQueue$/, '');
    expect(outputs).toMatchObject({
      [`${name}QueueUrl`]: `${name}EventsQueue`,
      [`${name}DeadLettersUrl`]: `${name}EventsDeadLetters`,
      [`${name}UndeliverableUrl`]: `${name}EventsUndeliverable`,
    });
  });

  it('leaves out no queue, and names the function that publishes what was set aside', () => {
    const urls = Object.keys(outputs).filter((name) => /(?<!Api)Url$/.test(name));
    expect(urls).toHaveLength(queues.length);
    expect(outputs.PublishChangesFunctionName).toBe('PublishChangesHandlerFunction:live');
  });
});

describe('who may touch a queue', () => {
  it.each(queues)('is encrypted and refuses plain HTTP: $id', ({ id, properties }) => {
    expect(properties.SqsManagedSseEnabled).toBe(true);
    const policy = policies.find((found) => found.properties.Queues.includes(id));
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sqs:*',
      Resource: `${id}.Arn`,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  it('lets advance-leads send to the queues of what may be due, rescore-leads to scoring and itself, and no other function to any queue of work', () => {
    const able = listPolicies<{
      Roles: string[];
      PolicyDocument: { Statement: { Action: string | string[]; Resource: string | string[] }[] };
    }>(stateless).flatMap(({ properties: { Roles, PolicyDocument } }) =>
      PolicyDocument.Statement.filter(({ Action }) => [Action].flat().includes('sqs:SendMessage')).flatMap(
        ({ Resource }) => [Resource].flat().map((queue) => `${Roles} to ${queue}`),
      ),
    );
    expect(able.filter((each) => each.endsWith('Queue.Arn')).sort()).toEqual([
      'AdvanceLeadsHandlerRole to HandOffEventsQueue.Arn',
      'AdvanceLeadsHandlerRole to ScoreLeadsEventsQueue.Arn',
      'AdvanceLeadsHandlerRole to StartNurtureEventsQueue.Arn',
      'RescoreLeadsHandlerRole to RescoreLeadsEventsQueue.Arn',
      'RescoreLeadsHandlerRole to ScoreLeadsEventsQueue.Arn',
      'RescoreLeadsScheduleRole to RescoreLeadsEventsQueue.Arn',
    ]);
  });

  it('lets EventBridge send only for a rule of that queue', () => {
    const allowed = policies
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.length).toBeGreaterThan(0);
    for (const { Principal, Condition, Resource } of allowed) {
      expect(Principal).toEqual({ Service: 'events.amazonaws.com' });
      const source = (Condition as { ArnEquals: { 'aws:SourceArn': string } }).ArnEquals['aws:SourceArn'];
      const owner = String(Resource).replace(/(Queue|Undeliverable)\.Arn$/, '');
      expect(names(rules).map((id) => `${id}.Arn`)).toContain(source);
      expect(source.startsWith(owner)).toBe(true);
    }
  });
});
