import { describe, expect, it } from 'vitest';
import { funnelPartitions, funnelStockKey } from '../../shared/keys/index.ts';
import { holds } from '../security/grants/conditions.ts';
import type { Conditions } from '../security/grants/statement.ts';
import { listPolicies, listResources, stateless } from './synthesized.ts';

interface Policy {
  readonly Roles: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}
interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

const policies = listPolicies<Policy>(stateless);
const many = (value: string | readonly string[]): readonly string[] => [value].flat();

/** Returns the rights of a function: actions by resource. */
const findGrants = (fn: string): Record<string, string> => {
  const mine = policies.filter(({ properties }) => properties.Roles.includes(`${fn}HandlerRole`));
  const grants = mine
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) => many(Resource).map((on) => ({ on, actions: many(Action) })));
  const byResource = Map.groupBy(grants, ({ on }) => on);
  return Object.fromEntries(
    [...byResource].map(([on, all]) => [on, all.flatMap(({ actions }) => actions).join(' ')]),
  );
};

/** Returns the conditions under which a function may work on a resource. */
const findConditions = (fn: string, on: string): Conditions[] =>
  policies
    .filter(({ properties }) => properties.Roles.includes(`${fn}HandlerRole`))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Resource }) => many(Resource).includes(on))
    .map(({ Condition = {} }) => Condition);

const logsAndTraces = (fn: string) => ({
  [`${fn}HandlerLogs.Arn`]: 'logs:CreateLogStream logs:PutLogEvents',
  '*': 'xray:PutTelemetryRecords xray:PutTraceSegments',
});
const ownQueue = (fn: string) => ({
  [`${fn}EventsQueue.Arn`]: 'sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage',
});
const readStream =
  'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams';

describe('what a function may do', () => {
  it('lets score-leads append to the ledger and to the quarantine', () => {
    expect(findGrants('ScoreLeads')).toEqual({
      ...logsAndTraces('ScoreLeads'),
      ...ownQueue('ScoreLeads'),
      'Leads.Arn': 'dynamodb:BatchGetItem dynamodb:PutItem dynamodb:UpdateItem',
      'Quarantine.Arn': 'dynamodb:Query dynamodb:UpdateItem',
    });
  });

  it('lets publish-changes read streams, put events, and write what failed, but read no table', () => {
    expect(findGrants('PublishChanges')).toEqual({
      ...logsAndTraces('PublishChanges'),
      'Leads.StreamArn': readStream,
      'Quarantine.StreamArn': readStream,
      'Bus.Arn': 'events:PutEvents',
      'FailedRecords.Arn': 's3:ListBucket',
      'FailedRecords.Arn/aws/lambda/*': 's3:PutObject',
    });
  });

  it.each([
    ['StartNurture', 'dynamodb:BatchGetItem dynamodb:UpdateItem'],
    ['HandOff', 'dynamodb:Query dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:UpdateItem'],
  ])('lets %s keep its items of a lead', (fn, actions) => {
    expect(findGrants(fn)).toEqual({ ...logsAndTraces(fn), ...ownQueue(fn), 'Leads.Arn': actions });
  });

  it('lets erase-lead take out of ledger and quarantine what is personal, but remove no item', () => {
    expect(findGrants('EraseLead')).toEqual({
      ...logsAndTraces('EraseLead'),
      ...ownQueue('EraseLead'),
      'Leads.Arn': 'dynamodb:Query dynamodb:BatchGetItem dynamodb:UpdateItem',
      'Quarantine.Arn': 'dynamodb:Query dynamodb:UpdateItem',
      'Quarantine.Arn/index/by-lead': 'dynamodb:Query',
    });
  });

  it('lets answer-queries read what is stored of leads, and nothing of requests but the secret of cursors', () => {
    expect(findGrants('AnswerQueries')).toEqual({
      ...logsAndTraces('AnswerQueries'),
      'Leads.Arn': 'dynamodb:BatchGetItem dynamodb:Query dynamodb:Scan',
      'Leads.Arn/index/by-tier': 'dynamodb:Query',
      'Leads.Arn/index/by-queue': 'dynamodb:Query',
      'Identities.Arn': 'dynamodb:Query',
      'Requests.Arn': 'dynamodb:GetItem dynamodb:UpdateItem',
    });
  });

  /** Listing and reading anchors. */
  const readAnchors = { 'Anchors.Arn': 's3:ListBucket', 'Anchors.Arn/anchors/*': 's3:GetObject' };

  it('lets take-requests look at leads and anchors, remember requests and put events, but change no lead', () => {
    expect(findGrants('TakeRequests')).toEqual({
      ...logsAndTraces('TakeRequests'),
      ...readAnchors,
      'Leads.Arn': 'dynamodb:BatchGetItem dynamodb:Query',
      'Requests.Arn': 'dynamodb:GetItem dynamodb:UpdateItem',
      'Bus.Arn': 'events:PutEvents',
    });
  });

  it('lets manage-quarantine work on rejected events and put them again, and count what waits, but see no lead', () => {
    const queues = listResources<{ RedrivePolicy?: unknown }>(stateless, 'AWS::SQS::Queue')
      .filter(({ properties }) => properties.RedrivePolicy === undefined)
      .map(({ id }) => [`${id}.Arn`, 'sqs:GetQueueAttributes']);
    expect(queues.length).toBeGreaterThan(2);
    expect(findGrants('ManageQuarantine')).toEqual({
      ...logsAndTraces('ManageQuarantine'),
      ...readAnchors,
      ...Object.fromEntries(queues),
      'Leads.Arn': 'dynamodb:BatchGetItem dynamodb:Query',
      'Leads.Arn/index/by-due': 'dynamodb:Query',
      'Quarantine.Arn':
        'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:Scan dynamodb:UpdateItem',
      'Quarantine.Arn/index/by-lead': 'dynamodb:Query',
      'Requests.Arn': 'dynamodb:GetItem dynamodb:UpdateItem',
      'Bus.Arn': 'events:PutEvents',
    });
  });

  it('lets manage-quarantine read of the table of leads the clock and the rescoring alone', () => {
    const keys = findConditions('ManageQuarantine', 'Leads.Arn').map(
      (condition) => condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys'],
    );
    expect(keys).toEqual([['CLOCK'], ['RESCORING']]);
  });

  it('lets manage-models read and change models and the rescoring, but see no lead', () => {
    expect(findGrants('ManageModels')).toEqual({
      ...logsAndTraces('ManageModels'),
      'Leads.Arn': 'dynamodb:BatchGetItem dynamodb:Query dynamodb:PutItem dynamodb:UpdateItem',
    });
  });

  it.each([
    ['AnswerQueries', 'Requests.Arn', [['SECRET']]],
    ['AnswerQueries', 'Identities.Arn', [['PAIRS']]],
    ['TakeRequests', 'Requests.Arn', [['KEY#*'], ['KEY#*', 'VERSION#*']]],
    ['TakeRequests', 'Leads.Arn', [['LEAD#*']]],
    ['ManageQuarantine', 'Requests.Arn', [['SECRET', 'KEY#*']]],
    [
      'ManageModels',
      'Leads.Arn',
      [
        [
          'MODEL#*',
          'MODEL-POINTER',
          'RESCORING',
          ...funnelPartitions.map((partition) => funnelStockKey(partition).pk),
        ],
        ['MODEL-HISTORY', 'RESCORING'],
        ['MODEL#*', 'MODELS', 'MODEL-POINTER', 'MODEL-HISTORY', 'RESCORING'],
        ['RESCORING'],
      ],
    ],
  ])('lets %s into these partitions of %s alone: %j', (fn, on, partitions) => {
    expect(findConditions(fn, on)).toEqual(
      partitions.map((some) => ({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': some },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      })),
    );
  });

  it.each([
    ['TakeRequests', 'marketing.web', 'LeadActivityRecorded', true],
    ['TakeRequests', 'marketing.web', 'LeadErasureRequested', true],
    ['TakeRequests', 'marketing.web', 'LeadRescoreRequested', false],
    ['TakeRequests', 'marketing.web', 'LeadIdentified', false],
    ['TakeRequests', 'sluice', 'LeadErased', false],
    ['TakeRequests', 'sluice', 'LeadActivityRecorded', false],
    ['TakeRequests', 'sluice.canary', 'LeadStageChanged', false],
    ['TakeRequests', 'aws.s3', 'LeadActivityRecorded', false],
    ['TakeRequests', 'marketing.web', 'LeadTierChanged', false],
    ['TakeRequests', 'marketing.web', 'HandoffDue', false],
    ['ManageQuarantine', 'marketing.web', 'LeadActivityRecorded', true],
    ['ManageQuarantine', 'marketing.web', 'LeadActivityRecordd', true],
    ['ManageQuarantine', 'sluice', 'LeadErased', false],
    ['ManageQuarantine', 'sluice.canary', 'LeadStageChanged', false],
  ])('decides whether %s may put events of %s of the type %s: %j', (fn, source, type, expected) => {
    const [condition = {}] = findConditions(fn, 'Bus.Arn');
    const may = (sources: readonly string[], types: readonly string[]) =>
      holds(condition, { 'events:source': sources, 'events:detail-type': types });
    expect(may([source], [type])).toBe(expected);
    expect(may([source, 'crm'], [type, 'LeadProfileUpdated'])).toBe(expected);
    expect(may([], [])).toBe(false);
  });

  it('limits every action on items to attributes, but those that need whole items', () => {
    const onItems = /^dynamodb:(.*Item|Query|Scan)$/;
    const whole = policies.flatMap(({ properties }) =>
      properties.PolicyDocument.Statement.filter(({ Condition }) => Condition === undefined).flatMap(
        ({ Action, Resource }) =>
          many(Action)
            .filter((action) => onItems.test(action))
            .flatMap((action) => many(Resource).map((on) => `${properties.Roles}: ${action} on ${on}`)),
      ),
    );
    expect(whole.sort()).toEqual([
      'AdvanceLeadsHandlerRole: dynamodb:Query on Leads.Arn/index/by-due',
      'AnswerQueriesHandlerRole: dynamodb:BatchGetItem on Leads.Arn',
      'AnswerQueriesHandlerRole: dynamodb:Query on Leads.Arn',
      'AnswerQueriesHandlerRole: dynamodb:Query on Leads.Arn/index/by-queue',
      'AnswerQueriesHandlerRole: dynamodb:Query on Leads.Arn/index/by-tier',
      'AnswerQueriesHandlerRole: dynamodb:Scan on Leads.Arn',
      'EraseLeadHandlerRole: dynamodb:Query on Leads.Arn',
      'EraseLeadHandlerRole: dynamodb:Query on Quarantine.Arn/index/by-lead',
      'ManageQuarantineHandlerRole: dynamodb:BatchGetItem on Quarantine.Arn',
      'ManageQuarantineHandlerRole: dynamodb:GetItem on Quarantine.Arn',
      'ManageQuarantineHandlerRole: dynamodb:PutItem on Quarantine.Arn',
      'ManageQuarantineHandlerRole: dynamodb:Query on Leads.Arn/index/by-due',
      'ManageQuarantineHandlerRole: dynamodb:Query on Quarantine.Arn',
      'ManageQuarantineHandlerRole: dynamodb:Query on Quarantine.Arn/index/by-lead',
      'ManageQuarantineHandlerRole: dynamodb:Scan on Quarantine.Arn',
      'ManageQuarantineHandlerRole: dynamodb:UpdateItem on Quarantine.Arn',
      'ScoreLeadsHandlerRole: dynamodb:BatchGetItem on Leads.Arn',
      'ScoreLeadsHandlerRole: dynamodb:PutItem on Leads.Arn',
    ]);
  });

  it('lets no function delete, none but those that anchor, advance, rescore, recount, check for drift, answer queries and manage the quarantine scan, and allows nothing by wildcard but traces and objects', () => {
    const statements = policies.flatMap(({ properties }) => properties.PolicyDocument.Statement);
    const actions = statements.flatMap(({ Action }) => many(Action));
    expect(actions.filter((action) => /\*|Delete(?!Message)|BatchWrite/.test(action))).toEqual([]);
    const scans = policies.filter(({ properties }) => JSON.stringify(properties).includes('dynamodb:Scan'));
    expect(scans.flatMap(({ properties }) => properties.Roles)).toEqual([
      'AdvanceLeadsHandlerRole',
      'RescoreLeadsHandlerRole',
      'RecountFunnelHandlerRole',
      'CheckDriftHandlerRole',
      'AnchorHeadsHandlerRole',
      'AnswerQueriesHandlerRole',
      'ManageQuarantineHandlerRole',
    ]);
    const wild = statements.flatMap(({ Resource }) => many(Resource)).filter((on) => on.includes('*'));
    expect([...new Set(wild)].sort()).toEqual([
      '*',
      'Anchors.Arn/anchors/*',
      'FailedRecords.Arn/aws/lambda/*',
    ]);
  });

  it("gives every function a role of its own, for Lambda alone, without AWS's managed policies", () => {
    const functions = listResources<{ Role: string }>(stateless, 'AWS::Lambda::Function');
    // The schedules have roles too (anchors.test.ts, canary.test.ts, clock.test.ts), and so do deployments (deployments.test.ts).
    const roles = listResources<{
      AssumeRolePolicyDocument: { Statement: unknown[] };
      ManagedPolicyArns?: unknown;
    }>(stateless, 'AWS::IAM::Role').filter(({ id }) => id.endsWith('HandlerRole'));
    expect(functions.map(({ properties }) => properties.Role).sort()).toEqual(
      roles.map(({ id }) => `${id}.Arn`).sort(),
    );
    for (const { properties } of roles) {
      expect(properties).toEqual({
        AssumeRolePolicyDocument: expect.objectContaining({
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
          ],
        }),
        Policies: [{ PolicyName: 'Rights', PolicyDocument: expect.any(Object) }],
      });
    }
  });
});
