import type { ApiClient } from '../../e2e/api/api-client.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';

export interface ApiPathsProps {
  readonly api: ApiClient;
  /** Resolves when everything is processed. */
  readonly settle: () => Promise<void>;
  /** A lead that has events in quarantine. */
  readonly quarantined: string;
  /** A model that is not published yet. */
  readonly model: object;
  /** A text that must be in no log. */
  readonly secret: string;
}

let count = 0;
const event = (type: EventInput['type'], data: Record<string, unknown>) =>
  buildEntry({ type, data, id: `api-path-${++count}` });

/** Sends events of all types that the API takes in as events. */
const sendEvents = async ({ api, settle, secret }: ApiPathsProps, leadId: string): Promise<void> => {
  const handoff = { leadId, handoffId: 'crm-3', actor: secret };
  const body = [
    event('LeadProfileUpdated', { leadId, attributes: { industry: secret } }),
    event('LeadActivityRecorded', { leadId, activity: 'demo_requested' }),
    event('LeadAnswersRecorded', { leadId, answers: { need: { value: 'critical', text: secret } } }),
    event('LeadOutcomeRecorded', { leadId, outcome: 'lost', reason: secret }),
    event('LeadStageChanged', { leadId, stage: 'lead', reason: secret }),
    event('HandoffAccepted', handoff),
    event('HandoffRejected', handoff),
  ];
  const headers = { 'idempotency-key': `path-events-${count}` };
  await api.expect('200', 'admin', 'putEvents', { body, headers });
  await settle();
};

/** Reads leads by index and by scan, in pages, and everything else that can be read. */
const read = async ({ api }: ApiPathsProps, id: string): Promise<void> => {
  const first = await api.expect('200', 'viewer', 'listLeads', { query: { limit: '1' } });
  await api.expect('200', 'viewer', 'listLeads', { query: { limit: '1', cursor: first.body.cursor } });
  await api.expect('200', 'viewer', 'listLeads', { query: { tier: 'none' } });
  await api.expect('200', 'viewer', 'getLead', { path: { id } });
  await api.expect('200', 'viewer', 'getTimeline', { path: { id } });
  await api.expect('200', 'viewer', 'getProof', { path: { id } });
  await api.expect('200', 'viewer', 'listHandoffs');
  await api.expect('200', 'viewer', 'listModels');
  await api.expect('200', 'viewer', 'getReport');
  await api.expect('200', 'viewer', 'scoreFacts', { body: { attributes: { seniority: 'executive' } } });
  await api.expect('200', 'viewer', 'getFunnel');
  await api.expect('200', 'viewer', 'listCountedLeads', { query: { figure: 'moved' } });
  await api.expect('200', 'admin', 'listDuplicates');
  await api.expect('200', 'admin', 'getHealth');
  await api.expect('200', 'admin', 'getDelivery', { path: { subscription: 'works' } });
};

/** Answers two hand-offs, and states the stage of a lead as its seller. Returns that lead. */
const sell = async ({ api, settle }: ApiPathsProps): Promise<string> => {
  const query = { queue: 'sales', state: 'open' };
  const { handoffs } = (await api.expect('200', 'seller', 'listHandoffs', { query })).body;
  const [{ id, leadId }, { id: other }] = handoffs;
  await api.expect('403 forbidden', 'otherSeller', 'acceptHandoff', { path: { id }, body: {} });
  await api.expect('202', 'seller', 'acceptHandoff', { path: { id }, body: {} });
  await api.expect('202', 'service', 'rejectHandoff', { path: { id: other }, body: { actor: 'sales-9' } });
  await settle();
  const { headers } = await api.expect('200', 'seller', 'getLead', { path: { id: leadId } });
  const stated = {
    path: { id: leadId },
    body: { stage: 'opportunity' },
    headers: { 'idempotency-key': 'path-stage', 'if-match': String(headers.etag) },
  };
  await api.expect('202', 'seller', 'stateStage', stated);
  await api.expect('202', 'seller', 'stateStage', stated);
  await settle();
  return leadId;
};

/** Replays one rejected event and discards the others. */
const correct = async ({ api, settle, quarantined, secret }: ApiPathsProps): Promise<void> => {
  await api.expect('200', 'admin', 'listQuarantine', { query: { limit: '1' } });
  const query = { lead: quarantined };
  const { events } = (await api.expect('200', 'admin', 'listQuarantine', { query })).body;
  await api.expect('200', 'admin', 'getQuarantined', { path: { id: events[0]?.id ?? '' } });
  const [first, ...others] = events as readonly { readonly id: string }[];
  await api.expect('202', 'admin', 'replayQuarantined', {
    path: { id: first?.id ?? '' },
    body: { corrected: event('LeadActivityRecorded', { leadId: quarantined, activity: 'replayed' }) },
    headers: { 'idempotency-key': 'path-replay' },
  });
  for (const { id } of others)
    await api.expect('200', 'admin', 'discardQuarantined', { path: { id }, body: { reason: secret } });
  await settle();
};

/** Publishes a model, which is shadowed and activated; reads what there is of models, and steers the rescoring. */
const manageModels = async ({ api, settle, model, secret: reason }: ApiPathsProps): Promise<void> => {
  const { models } = (await api.expect('200', 'viewer', 'listModels')).body;
  const { modelVersion: active } = models.find((one: { readonly active: boolean }) => one.active);
  const { modelVersion: version } = (
    await api.expect('200', 'admin', 'publishModel', { body: { document: model, reason } })
  ).body;
  const path = { version };
  const body = { reason };
  await api.expect('200', 'viewer', 'getModel', { path });
  await api.expect('200', 'viewer', 'diffModels', { path: { version: active, other: version } });
  await api.expect('200', 'admin', 'shadowModel', { path, body });
  await api.expect('200', 'admin', 'endShadow', { query: { reason } });
  await api.expect('200', 'admin', 'activateModel', { path, body });
  await api.expect('200', 'admin', 'pauseRescoring');
  await api.expect('200', 'admin', 'resumeRescoring');
  await api.expect('200', 'admin', 'rollBackModel', { body });
  await api.expect('200', 'viewer', 'getRescoring');
  await api.expect('200', 'viewer', 'listModelHistory');
  await settle();
};

/** Takes every path through the functions of the API that leads to a call of AWS. */
export const apiPaths = async (props: ApiPathsProps): Promise<void> => {
  const { api, settle } = props;
  const [id, mergedLeadId] = ['asked@private.example', 'doubled@private.example'];
  await sendEvents(props, id);
  await sendEvents(props, mergedLeadId);
  await sell(props);
  await read(props, id);
  await correct(props);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const override = { path: { id }, body: { tier: 'risky', until, reason: props.secret } };
  await api.expect('202', 'admin', 'overrideLead', override);
  await settle();
  await api.expect('202', 'admin', 'liftOverride', { path: { id } });
  await settle();
  await manageModels(props);
  await api.expect('202', 'admin', 'mergeLead', { path: { id }, body: { mergedLeadId } });
  await settle();
  await api.expect('202', 'admin', 'eraseLead', { path: { id } });
  await settle();
};
