import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { holds } from '../security/grants/conditions.ts';
import { type Conditions, many } from '../security/grants/statement.ts';
import { buildTemplates, listOutputs, listPolicies, listResources, stateless } from './synthesized.ts';

const sources = 'sources';
const partners = 'docs/examples/sources';
const deliveries = 'test/infra/integrations/deliveries';

const none = buildTemplates();
const both = buildTemplates({ sources, deliveries });
const withPartners = buildTemplates({ sources: partners });
const all = {
  none,
  sources: buildTemplates({ sources }),
  deliveries: buildTemplates({ deliveries }),
  both,
  withPartners,
};

type Built = typeof both;
const ofType = <P>({ templates }: Built, type: string) => listResources<P>(templates.stateless, type);
const functionsOf = (built: Built): string[] =>
  ofType(built, 'AWS::Lambda::Function').map(({ id }) => id.replace(/HandlerFunction$/, ''));

describe('the functions of integrations', () => {
  const base = functionsOf(none);
  const added = (built: Built) =>
    functionsOf(built)
      .filter((name) => !base.includes(name))
      .sort();

  it('are only there for documents that are given', () => {
    expect(added(all.sources)).toEqual(['KeepIdentities', 'ReceiveWebhooks']);
    expect(added(all.deliveries)).toEqual(['PlanDeliveries', 'SendDeliveries']);
    expect(added(both)).toEqual(['KeepIdentities', 'PlanDeliveries', 'ReceiveWebhooks', 'SendDeliveries']);
    expect(added(withPartners)).toEqual(['KeepIdentities', 'ReceiveWebhooks', 'TakePartnerEvents']);
  });

  it.each([
    [
      'ReceiveWebhooks',
      'receive-webhooks',
      {
        LEADS_TABLE: 'Leads',
        IDENTITIES_TABLE: 'Identities',
        QUARANTINE_TABLE: 'Quarantine',
        REQUESTS_TABLE: 'Requests',
        BUS_NAME: 'Bus',
        IDENTITY_KEY_ID: 'SecretsIdentityKey',
        SOURCE_SECRETS_ID: 'SecretsSources',
        SOURCES_FILE: 'sources.json',
        HOOKS_URL: 'HooksApi.ApiEndpoint',
      },
    ],
    [
      'PlanDeliveries',
      'plan-deliveries',
      {
        DELIVERIES_TABLE: 'Deliveries',
        SEND_QUEUE_URL: 'SendDeliveriesEventsQueue',
        SUBSCRIPTIONS_FILE: 'subscriptions.json',
      },
    ],
    [
      'SendDeliveries',
      'send-deliveries',
      {
        LEADS_TABLE: 'Leads',
        DELIVERIES_TABLE: 'Deliveries',
        SEND_QUEUE_URL: 'SendDeliveriesEventsQueue',
        TARGET_SECRETS_ID: 'SecretsTargets',
        SUBSCRIPTIONS_FILE: 'subscriptions.json',
      },
    ],
  ])('have the variables that they need and no more: %s', (id, service, own) => {
    interface Fn {
      readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
    }
    const found = ofType<Fn>(both, 'AWS::Lambda::Function').find(
      (each) => each.id === `${id}HandlerFunction`,
    );
    expect(found?.properties.Environment.Variables).toEqual({
      POWERTOOLS_SERVICE_NAME: service,
      POWERTOOLS_METRICS_NAMESPACE: 'Sluice-staging-Stateless',
      LOG_LEVEL: 'INFO',
      AWS_SDK_UA_APP_ID: `${service}/PTEnv/`,
      ...own,
    });
  });

  it('may not reach this machine on AWS', () => {
    expect(JSON.stringify(both.templates)).not.toContain('ALLOW_LOOPBACK_TARGETS');
  });

  it('send to themselves without end only where that ends: a backlog of deliveries, the pages of a rescoring', () => {
    const loops = ofType<{ RecursiveLoop?: string }>(both, 'AWS::Lambda::Function').filter(
      ({ properties }) => properties.RecursiveLoop !== undefined,
    );
    expect(loops.map(({ id, properties }) => [id, properties.RecursiveLoop])).toEqual([
      ['RescoreLeadsHandlerFunction', 'Allow'],
      ['SendDeliveriesHandlerFunction', 'Allow'],
    ]);
  });
});

describe('the door for webhooks', () => {
  interface Route {
    readonly ApiId: string;
    readonly RouteKey: string;
    readonly AuthorizationType: string;
  }
  const routesOf = (built: Built) =>
    ofType<Route>(built, 'AWS::ApiGatewayV2::Route').filter(
      ({ properties }) => properties.ApiId === 'HooksApi',
    );

  it('has the routes of webhooks and of the handshake, and no 404', () => {
    expect(
      routesOf(both).map(({ properties }) => [properties.RouteKey, properties.AuthorizationType]),
    ).toEqual([
      ['POST /hooks/{source}', 'NONE'],
      ['OPTIONS /hooks/{source}', 'NONE'],
      ['$default', 'NONE'],
    ]);
    expect(routesOf(all.deliveries)).toEqual([]);
  });

  it('is the only one that asks nobody', () => {
    const open = ofType<Route>(both, 'AWS::ApiGatewayV2::Route').filter(
      ({ properties }) => !['JWT', 'AWS_IAM'].includes(properties.AuthorizationType),
    );
    expect(new Set(open.map(({ properties }) => properties.ApiId))).toEqual(new Set(['HooksApi']));
  });

  it('warns of failed requests with words for tools, which send no Idempotency-Key', () => {
    const [alarm] = ofType<{ readonly AlarmDescription: string }>(both, 'AWS::CloudWatch::Alarm').filter(
      ({ id }) => id === 'HooksFailedRequestsAlarm',
    );
    expect(alarm?.properties.AlarmDescription).toMatch(/5 % of the webhooks, .* by themselves for hours/);
    expect(alarm?.properties.AlarmDescription).not.toContain('Idempotency-Key');
  });

  it('bounds requests, and logs none of their paths', () => {
    interface Stage {
      readonly ApiId: string;
      readonly DefaultRouteSettings: object;
      readonly AccessLogSettings: { readonly Format: string };
    }
    const stage = ofType<Stage>(both, 'AWS::ApiGatewayV2::Stage').find(
      ({ properties }) => properties.ApiId === 'HooksApi',
    );
    expect(stage?.properties.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 200,
      ThrottlingBurstLimit: 400,
      DetailedMetricsEnabled: false,
    });
    expect(stage?.properties).not.toHaveProperty('RouteSettings');
    expect(stage?.properties.AccessLogSettings.Format).not.toMatch(/path|sourceIp|userAgent|domain/i);
  });

  it('is where the output says: at the API, or at the URL that is given', () => {
    expect(listOutputs(both.templates.stateless).HooksUrl).toBe('HooksApi.ApiEndpoint');
    const { templates } = buildTemplates({ sources, hooksUrl: 'https://hooks.example.com' });
    expect(listOutputs(templates.stateless).HooksUrl).toBe('https://hooks.example.com');
    expect(listOutputs(stateless)).not.toHaveProperty('HooksUrl');
  });

  it.each([
    'http://a.example',
    'https://a.example/',
    'https://a.example?b',
    'https://u:p@a.example',
    'x',
    '',
    5,
  ])('is at no URL like %j', (hooksUrl) => {
    expect(() => buildTemplates({ sources, hooksUrl: hooksUrl as string })).toThrow(
      `context hooksUrl: given ${JSON.stringify(hooksUrl)}; allowed: an https URL`,
    );
  });

  it('has no URL without sources', () => {
    expect(() => buildTemplates({ hooksUrl: 'https://a.example' })).toThrow(
      'context hooksUrl: given, but sources is not; allowed: both, or sources alone',
    );
  });
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

const statementsOf = (built: Built, fn: string): Statement[] =>
  listPolicies<{ Roles: readonly string[]; PolicyDocument: { Statement: Statement[] } }>(
    built.templates.stateless,
  )
    .filter(({ properties }) => properties.Roles.includes(`${fn}HandlerRole`))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

/** Returns the actions of a function by resource, without logs, traces and its own queue. */
const grantsOf = (built: Built, fn: string): Record<string, string> => {
  const grants = statementsOf(built, fn).flatMap(({ Action, Resource }) =>
    many(Resource).map((on) => ({ on, actions: many(Action) })),
  );
  const usual = new RegExp(`^(${fn}HandlerLogs.Arn|\\*)$`);
  return Object.fromEntries(
    [...Map.groupBy(grants, ({ on }) => on)]
      .filter(([on]) => !usual.test(on))
      .map(([on, some]) => [on, [...new Set(some.flatMap(({ actions }) => actions))].sort().join(' ')]),
  );
};

const receiving = 'sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage';

describe('what a function of integrations may do', () => {
  const intake = {
    'Identities.Arn':
      'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PutItem dynamodb:UpdateItem',
    'Leads.Arn': 'dynamodb:BatchGetItem',
    'Requests.Arn': 'dynamodb:GetItem dynamodb:UpdateItem',
    'Quarantine.Arn': 'dynamodb:Query dynamodb:UpdateItem',
    'Bus.Arn': 'events:PutEvents',
    SecretsIdentityKey: 'secretsmanager:GetSecretValue',
  };

  it('lets receive-webhooks link, note, quarantine and put, and read two secrets', () => {
    expect(grantsOf(both, 'ReceiveWebhooks')).toEqual({
      ...intake,
      SecretsSources: 'secretsmanager:GetSecretValue',
    });
  });

  it('lets take-partner-events do the same, without the secrets of sources', () => {
    expect(grantsOf(withPartners, 'TakePartnerEvents')).toEqual({
      ...intake,
      'TakePartnerEventsQueue.Arn': receiving,
    });
  });

  it('lets keep-identities forget what belongs to a lead, and see of leads whether they are erased', () => {
    expect(grantsOf(both, 'KeepIdentities')).toEqual({
      'KeepIdentitiesEventsQueue.Arn': receiving,
      'Identities.Arn': 'dynamodb:DeleteItem dynamodb:Query dynamodb:UpdateItem',
      'Leads.Arn': 'dynamodb:BatchGetItem dynamodb:Query',
    });
  });

  it('lets no other function delete', () => {
    const deleting = functionsOf(both).filter((fn) =>
      Object.values(grantsOf(both, fn)).some((actions) => /Delete(?!Message)/.test(actions)),
    );
    expect(deleting).toEqual(['KeepIdentities']);
  });

  it('lets plan-deliveries write deliveries and poke, and read no lead and no secret', () => {
    expect(grantsOf(both, 'PlanDeliveries')).toEqual({
      'PlanDeliveriesEventsQueue.Arn': receiving,
      'Deliveries.Arn': 'dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem',
      'SendDeliveriesEventsQueue.Arn': 'sqs:SendMessage',
    });
  });

  it('lets send-deliveries work on deliveries, read facts of leads and the secrets of targets', () => {
    expect(grantsOf(both, 'SendDeliveries')).toEqual({
      'SendDeliveriesEventsQueue.Arn': `${receiving} sqs:SendMessage`,
      'Deliveries.Arn': 'dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem',
      'Deliveries.Arn/index/by-time': 'dynamodb:Query',
      'Leads.Arn': 'dynamodb:BatchGetItem',
      SecretsTargets: 'secretsmanager:GetSecretValue',
    });
    const leads = statementsOf(both, 'SendDeliveries').find(({ Resource }) => Resource === 'Leads.Arn');
    expect(leads?.Condition?.['ForAllValues:StringEquals']).toEqual({
      'dynamodb:Attributes': ['pk', 'sk', 'facts'],
    });
  });

  it.each([
    ['hubspot', 'LeadIdentified', true],
    ['hubspot', 'LeadErasureRequested', true],
    ['hubspot', 'LeadRescoreRequested', false],
    ['sluice', 'LeadErased', false],
    ['sluice.canary', 'LeadStageChanged', false],
  ])('decides whether receive-webhooks may put events of %s of the type %s: %j', (source, type, expected) => {
    const put = statementsOf(both, 'ReceiveWebhooks').find(({ Resource }) => Resource === 'Bus.Arn');
    const context = { 'events:source': [source], 'events:detail-type': [type] };
    expect(holds(put?.Condition ?? {}, context)).toBe(expected);
  });
});

describe('the policy of the bus', () => {
  const namersOf = (built: Built): readonly string[] => {
    const found = ofType<{ Statement: { Sid: string; Condition: Conditions } }>(
      built,
      'AWS::Events::EventBusPolicy',
    ).find(({ properties }) => properties.Statement.Sid === 'OnlyDoorsIdentify');
    return many(found?.properties.Statement.Condition.ArnNotEquals?.['aws:PrincipalArn'] as never);
  };

  it('lets nobody link identifiers but doors, and who puts again what was rejected', () => {
    const replaying = 'ManageQuarantineHandlerRole.Arn';
    expect(namersOf(none)).toEqual([replaying]);
    expect(namersOf(both)).toEqual(['ReceiveWebhooksHandlerRole.Arn', replaying]);
    expect(namersOf(withPartners)).toEqual([
      'ReceiveWebhooksHandlerRole.Arn',
      'TakePartnerEventsHandlerRole.Arn',
      replaying,
    ]);
  });

  it('gives the type to no producer', () => {
    const producers = [{ id: 'Crm', principal: '999999999999', sources: ['crm'] }];
    const { templates } = buildTemplates({ overrides: { producers } });
    const [allowed] = listResources<{ Statement: { Sid: string } }>(
      templates.stateless,
      'AWS::Events::EventBusPolicy',
    ).filter(({ properties }) => properties.Statement.Sid === 'AllowCrm');
    expect(JSON.stringify(allowed)).toContain('LeadStageChanged');
    expect(JSON.stringify(allowed)).not.toContain('LeadIdentified');
  });
});

describe('deliveries', () => {
  it('are tried every minute, by a message that names no subscription', () => {
    interface Schedule {
      readonly ScheduleExpression: string;
      readonly Target: { readonly Arn: string; readonly Input: string };
    }
    const found = ofType<Schedule>(both, 'AWS::Scheduler::Schedule').find(({ id }) =>
      id.startsWith('SendDeliveries'),
    );
    expect(found?.properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Arn: 'SendDeliveriesEventsQueue.Arn', Input: '{}' },
    });
  });

  it('stay hidden for six times as long as a run may take', () => {
    const queue = ofType<{ VisibilityTimeout?: number }>(both, 'AWS::SQS::Queue').find(
      ({ id }) => id === 'SendDeliveriesEventsQueue',
    );
    expect(queue?.properties.VisibilityTimeout).toBe(6 * 90 + 1);
  });

  it('announce a pause by the stream of their table, and warn', () => {
    interface Mapping {
      readonly EventSourceArn: string;
      readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
    }
    const stream = ofType<Mapping>(both, 'AWS::Lambda::EventSourceMapping').find(
      ({ properties }) => properties.EventSourceArn === 'Deliveries.StreamArn',
    );
    expect(stream?.properties.FilterCriteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      {
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: { Keys: { sk: { S: ['STATE'] } }, NewImage: { pausedAt: { S: [{ exists: true }] } } },
      },
    ]);
    const alarms = (built: Built) => ofType(built, 'AWS::CloudWatch::Alarm').map(({ id }) => id);
    expect(alarms(both)).toEqual(
      expect.arrayContaining([
        'PausedDeliveriesAlarm',
        'IdentitiesThrottledAlarm',
        'DeliveriesThrottledAlarm',
      ]),
    );
    expect(alarms(none).filter((id) => /Paused|Identities|Deliveries/.test(id))).toEqual([]);
  });
});

describe('what outlives a deployment', () => {
  it('is the same whatever documents are given: leaving them out deletes nothing', () => {
    for (const { templates } of Object.values(all))
      expect(Object.keys(templates.stateful.Resources)).toEqual(
        Object.keys(none.templates.stateful.Resources),
      );
  });
});

describe('documents with mistakes', () => {
  it.each(['sources', 'deliveries'])('stop the synthesis: %s', (name) => {
    expect(() => buildTemplates({ [name]: 'no-such-folder' })).toThrow(/no-such-folder/);
    expect(() => buildTemplates({ [name]: 'models' })).toThrow(/have problems/);
  });
});

describe('the line about settings', () => {
  it('names the sources and the subscriptions', () => {
    expect(withPartners.settings).toMatch(/, sources salesforce segment-eventbridge$/);
    expect(all.deliveries.settings).toMatch(/, deliveries sales-crm$/);
    expect(none.settings).not.toMatch(/sources|deliveries/);
  });
});

describe('cdk-nag', () => {
  it.each(Object.entries(all))('finds nothing that is not acknowledged, with %s', (_, { app }) => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});
