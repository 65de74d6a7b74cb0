import type { Operation } from '../../../events/api/index.ts';
import { type InboundType, inboundContracts } from '../../../events/index.ts';
import type { GatewayAnswer } from '../../../shared/api/index.ts';
import type { RequestProps } from '../../support/api-request.ts';

/** A place that answers the API. */
export interface ApiTarget {
  readonly ask: (operation: Operation, props?: RequestProps) => Promise<GatewayAnswer>;
  /** Resolves when everything is processed. */
  readonly settle: () => Promise<void>;
  /** Returns the `data` of all announcements of a type so far. */
  readonly announced: (type: string) => readonly Readonly<Record<string, unknown>>[];
  /** Returns the ids of the quarantined events of a lead. */
  readonly listQuarantined: (leadId: string) => Promise<readonly string[]>;
}

/** Types that have routes of their own, or none. */
const notPut: readonly InboundType[] = ['LeadErasureRequested', 'LeadsMerged', 'LeadRescoreRequested'];

/** The texts of the requests, which must be in no log. */
export const apiWords = { actor: 'colleague-88', reason: 'they-went-bankrupt', key: 'key-of-paula' } as const;

/** @throws Error if the answer has another status than a request that succeeds */
const expectSuccess = async (
  { ask }: ApiTarget,
  operation: Operation,
  props?: RequestProps,
): Promise<GatewayAnswer> => {
  const answer = await ask(operation, props);
  if (answer.statusCode < 300) return answer;
  throw new Error(`${operation} ${JSON.stringify(props ?? {})}: ${answer.statusCode} ${answer.body}`);
};

/** Asks everything that can be asked. */
const queries = async (target: ApiTarget, leadId: string): Promise<void> => {
  const path = { id: leadId };
  const at = new Date().toISOString();
  const all: readonly (readonly [Operation, RequestProps?])[] = [
    ['getLead', { path }],
    ['getLead', { path, query: { at } }],
    ['getTimeline', { path, query: { limit: '1' } }],
    ['listLeads', { query: { limit: '1' } }],
    ...['excellent', 'good', 'risky', 'none'].map((tier) => ['listLeads', { query: { tier } }] as const),
    ['listHandoffs'],
    ['listHandoffs', { query: { queue: 'sales', state: 'accepted' } }],
    ['getFunnel'],
    ['listModels'],
    ['getReport'],
    ['scoreFacts', { body: { activities: { demo_requested: 1 } } }],
  ];
  for (const [operation, props] of all) await expectSuccess(target, operation, props);
};

/** Puts an event of each type that may be put, and makes the others by their routes. */
const requests = async (target: ApiTarget, lead: string, other: string): Promise<void> => {
  const { settle, announced } = target;
  const samples = Object.entries(inboundContracts).filter(([type]) => !notPut.includes(type as InboundType));
  const body = samples.map(([type, { sampleEvent }], i) => {
    const { metadata, data } = sampleEvent.detail;
    return {
      source: 'crm',
      'detail-type': type,
      detail: { metadata: { ...metadata, eventId: `api-path-${i}` }, data: { ...data, leadId: other } },
    };
  });
  const headers = { 'idempotency-key': apiWords.key };
  for (let sent = 0; sent < 2; sent++) await expectSuccess(target, 'putEvents', { body, headers });
  await settle();
  const { headers: shown } = await expectSuccess(target, 'getLead', { path: { id: lead } });
  await expectSuccess(target, 'stateStage', {
    path: { id: lead },
    body: { stage: 'sql', reason: apiWords.reason },
    headers: { 'if-match': shown.etag ?? '' },
  });
  const open = announced('HandoffRequested').slice(-6, -3);
  const answers = ['acceptHandoff', 'rejectHandoff'] as const;
  for (const [i, operation] of answers.entries()) {
    const { leadId, handoffId } = open[i] ?? {};
    await target.ask(operation, {
      path: { id: `${leadId}~${handoffId}` },
      role: 'service',
      body: { actor: apiWords.actor, reason: apiWords.reason },
    });
  }
  await settle();
  await expectSuccess(target, 'mergeLead', { path: { id: lead }, body: { mergedLeadId: other } });
  await settle();
  await expectSuccess(target, 'eraseLead', { path: { id: lead } });
  await settle();
};

/** Lists rejected events in both ways, puts one again with a correction of several parts, and discards another. */
const quarantine = async (target: ApiTarget, leadId: string): Promise<void> => {
  await expectSuccess(target, 'listQuarantine', { query: { limit: '1' } });
  await expectSuccess(target, 'listQuarantine', { query: { lead: leadId } });
  const [first = '', second = ''] = await target.listQuarantined(leadId);
  const { sampleEvent } = inboundContracts.LeadProfileUpdated;
  const attributes = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`text_${i}`, `${i}-${'x'.repeat(900)}`]),
  );
  const corrected = {
    source: 'crm',
    'detail-type': 'LeadProfileUpdated',
    detail: {
      metadata: { ...sampleEvent.detail.metadata, eventId: 'api-path-corrected' },
      data: { leadId, attributes },
    },
  };
  await expectSuccess(target, 'replayQuarantined', {
    path: { id: first },
    body: { corrected },
    headers: { 'idempotency-key': `${apiWords.key}-2` },
  });
  await expectSuccess(target, 'discardQuarantined', {
    path: { id: second },
    body: { reason: apiWords.reason },
  });
  await target.settle();
};

/** The leads that requests are about. */
export const apiLeads = { asked: 'paula@private.example', merged: 'paul@private.example' } as const;

/**
 * Takes every path through the functions of the API that leads to a call of AWS.
 *
 * @param quarantined a lead with two quarantined events or more
 */
export const everyApiPath = async (target: ApiTarget, quarantined: string): Promise<void> => {
  const { sampleEvent } = inboundContracts.LeadActivityRecorded;
  const { metadata, data } = sampleEvent.detail;
  const body = [
    {
      source: 'crm',
      'detail-type': 'LeadActivityRecorded',
      detail: {
        metadata: { ...metadata, eventId: 'api-path-first' },
        data: { ...data, leadId: apiLeads.asked },
      },
    },
  ];
  await expectSuccess(target, 'putEvents', { body });
  await target.settle();
  await queries(target, apiLeads.asked);
  await quarantine(target, quarantined);
  await requests(target, apiLeads.asked, apiLeads.merged);
};
