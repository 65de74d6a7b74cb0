import { describe, expect, it } from 'vitest';
import { listResources, stateless } from './synthesized.ts';

interface Fn {
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  readonly LoggingConfig: { readonly LogGroup: string };
}

const functions = listResources<Fn>(stateless, 'AWS::Lambda::Function');
const logGroups = listResources(stateless, 'AWS::Logs::LogGroup').filter(
  // Those of the API's doors are in http.test.ts.
  ({ id }) => !id.endsWith('AccessLogs'),
);
const findEnvironment = (fn: string) =>
  functions.find(({ id }) => id === `${fn}HandlerFunction`)?.properties.Environment.Variables;

describe('the functions', () => {
  it.each(functions)('run on Node 24 and are traced: $id', ({ properties }) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('have the memory that was measured for them: half for those that follow what scoring announced', () => {
    const half = [
      'PublishChanges',
      'StartNurture',
      'HandOff',
      'EraseLead',
      'CountFunnel',
      'RescoreLeads',
    ].map((name) => `${name}HandlerFunction`);
    for (const { id, properties } of functions) {
      expect([id, properties.MemorySize]).toEqual([id, half.includes(id) ? 256 : 512]);
    }
  });

  it('may work for 30 seconds; those of the API for as long as API Gateway waits; those that walk through what is stored, for minutes', () => {
    const others = new Map([
      ['AnswerQueriesHandlerFunction', 29],
      ['TakeRequestsHandlerFunction', 29],
      ['ManageQuarantineHandlerFunction', 29],
      ['ManageModelsHandlerFunction', 29],
      ['AdvanceLeadsHandlerFunction', 120],
      ['EraseLeadHandlerFunction', 300],
      ['AnchorHeadsHandlerFunction', 900],
      ['RecountFunnelHandlerFunction', 900],
      ['CheckDriftHandlerFunction', 900],
    ]);
    for (const { id, properties } of functions) {
      expect([id, properties.Timeout]).toEqual([id, others.get(id) ?? 30]);
    }
  });

  it('log each into a group of its own, for 30 days', () => {
    expect(functions.map(({ properties }) => properties.LoggingConfig.LogGroup)).toEqual(
      logGroups.map(({ id }) => id),
    );
    for (const { properties, deletionPolicy } of logGroups) {
      expect(properties).toEqual({ RetentionInDays: 30 });
      expect(deletionPolicy).toBe('Delete');
    }
  });

  it.each([
    [
      'ScoreLeads',
      'score-leads',
      { LEADS_TABLE: 'Leads', QUARANTINE_TABLE: 'Quarantine', MODEL_FILE: 'model.json' },
    ],
    ['PublishChanges', 'publish-changes', { BUS_NAME: 'Bus' }],
    ['StartNurture', 'start-nurture', { LEADS_TABLE: 'Leads' }],
    ['HandOff', 'hand-off', { LEADS_TABLE: 'Leads' }],
    ['EraseLead', 'erase-lead', { LEADS_TABLE: 'Leads', QUARANTINE_TABLE: 'Quarantine' }],
    [
      'AdvanceLeads',
      'advance-leads',
      {
        LEADS_TABLE: 'Leads',
        LEAD_QUEUE_URL: 'ScoreLeadsEventsQueue',
        HANDOFF_QUEUE_URL: 'HandOffEventsQueue',
        NURTURE_QUEUE_URL: 'StartNurtureEventsQueue',
      },
    ],
    [
      'RescoreLeads',
      'rescore-leads',
      {
        LEADS_TABLE: 'Leads',
        SCORING_QUEUE_URL: 'ScoreLeadsEventsQueue',
        RESCORE_QUEUE_URL: 'RescoreLeadsEventsQueue',
      },
    ],
    [
      'AnswerQueries',
      'answer-queries',
      {
        LEADS_TABLE: 'Leads',
        REQUESTS_TABLE: 'Requests',
        IDENTITIES_TABLE: 'Identities',
        MODEL_FILE: 'model.json',
      },
    ],
    [
      'TakeRequests',
      'take-requests',
      { LEADS_TABLE: 'Leads', REQUESTS_TABLE: 'Requests', ANCHORS_BUCKET: 'Anchors', BUS_NAME: 'Bus' },
    ],
    [
      'ManageQuarantine',
      'manage-quarantine',
      {
        LEADS_TABLE: 'Leads',
        QUARANTINE_TABLE: 'Quarantine',
        REQUESTS_TABLE: 'Requests',
        DELIVERIES_TABLE: 'Deliveries',
        ANCHORS_BUCKET: 'Anchors',
        BUS_NAME: 'Bus',
        HEALTH_FILE: 'health.json',
        DEAD_LETTERS: expect.stringContaining('"ScoreLeadsDeadLetters":"'),
        QUEUES_URL: expect.any(String),
      },
    ],
    ['ManageModels', 'manage-models', { LEADS_TABLE: 'Leads' }],
    ['CountFunnel', 'count-funnel', { LEADS_TABLE: 'Leads' }],
    ['RecountFunnel', 'recount-funnel', { LEADS_TABLE: 'Leads' }],
    ['CheckDrift', 'check-drift', { LEADS_TABLE: 'Leads' }],
    ['AnchorHeads', 'anchor-heads', { LEADS_TABLE: 'Leads', ANCHORS_BUCKET: 'Anchors' }],
    ['SendCanary', 'send-canary', { BUS_NAME: 'Bus' }],
    ['TimeCanary', 'time-canary', {}],
  ])('have the variables that they need and no more: %s', (id, service, own) => {
    expect(findEnvironment(id)).toEqual({
      POWERTOOLS_SERVICE_NAME: service,
      POWERTOOLS_METRICS_NAMESPACE: 'Sluice-staging-Stateless',
      LOG_LEVEL: 'INFO',
      AWS_SDK_UA_APP_ID: `${service}/PTEnv/`,
      ...own,
    });
  });
});
