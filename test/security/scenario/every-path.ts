import { readFileSync } from 'node:fs';
import {
  type ActionEvent,
  type BusEvent,
  internalContracts,
  limits,
  outboundContracts,
} from '../../../events/index.ts';
import { newHandoffId } from '../../../functions/hand-off/follow-action.ts';
import { type ModelDocument, parseModel } from '../../../shared/scoring/index.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { apiPaths } from './api-paths.ts';
import { eraseIntegrations, integrationPaths } from './integrations.ts';
import type { Target } from './target.ts';

/** The texts that must be in no log: ids of leads, as some producers choose them, and the content of their events. */
export const leads = {
  quarantined: 'quinn@private.example',
  survivor: 'sam@private.example',
  merged: 'mary@private.example',
  large: 'larry@private.example',
  late: 'lara@private.example',
} as const;
export const words = {
  attribute: 'Secretville',
  actor: 'colleague-77',
  poison: 'we-lose-a-fortune',
  note: 'asked-for-anna',
} as const;

/** Returns the shipped model as it is stored: checked, with its defaults. */
const readModel = (): ModelDocument => {
  const file = 'models/success-ready.json';
  return parseModel(readFileSync(file, 'utf8'), file).document;
};

/** The number of events of the sample that is enough for leads to be nurtured, handed off and withdrawn. */
const enough = 500;

const sample = (): object[] =>
  readFileSync('cli/sample/events.jsonl', 'utf8')
    .split('\n', enough)
    .map((line) => JSON.parse(line));

let count = 0;
const event = (type: EventInput['type'], data: Record<string, unknown>, more: Partial<EventInput> = {}) =>
  buildEntry({ type, data, id: `path-${++count}`, ...more });

const activity = (leadId: string, more: Partial<EventInput> = {}) =>
  event('LeadActivityRecorded', { leadId, activity: 'demo_requested' }, more);
const profile = (leadId: string, attributes: object) => event('LeadProfileUpdated', { leadId, attributes });

/** Returns an event that violates its contract. It is stored in the quarantine in one part or in several. */
const poison = (leadId: string, text: string = words.poison) =>
  event('LeadActivityRecorded', { leadId, activity: 'demo_requested', wrong: text });

/** Returns a message with other data. */
const withData = ({ detail, ...entry }: BusEvent, data: object): BusEvent => ({
  ...entry,
  detail: { ...detail, data: { ...(detail.data as object), ...data } },
});

const inSeveralParts = 'x'.repeat(400_000);

/** Sends duplicates, different content under the same id, and malformed events, new and again. */
const quarantine = async ({ put, settle }: Target): Promise<void> => {
  const first = activity(leads.quarantined, { id: 'same' });
  const other = event(
    'LeadActivityRecorded',
    { leadId: leads.quarantined, activity: 'pricing_viewed' },
    { id: 'same' },
  );
  const [small, large] = [poison(leads.quarantined), poison(leads.quarantined, inSeveralParts)];
  await put([first, small, large]);
  await settle();
  await put([first, other, small, large]);
  await settle();
};

/** Sends verdicts on hand-offs of Sluice, on one of another system, and on one of an erased lead. */
const verdicts = async ({ put, settle, announced }: Target): Promise<void> => {
  const requested = announced('HandoffRequested').slice(-2);
  const answers = requested.map(({ leadId, handoffId }, i) =>
    event(i === 0 ? 'HandoffAccepted' : 'HandoffRejected', { leadId, handoffId, actor: words.actor }),
  );
  await put([
    ...answers,
    event('HandoffAccepted', { leadId: leads.quarantined, handoffId: 'crm-1', actor: words.actor }),
  ]);
  await settle();
};

/** The version of a model whose hand-offs to the queue `sales` are escalated. */
const escalating = 'escalating@1';

/**
 * Moves the deadline of a hand-off, then lets it pass, which escalates the hand-off. Two more are asked for within the
 * cooldown of their tier: one that waits is withdrawn for the other, which is requested when the time is over.
 */
const deadlines = async ({ settle, sendToHandOff, storeModel, announced }: Target): Promise<void> => {
  // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
  const deadlines = { then: { sales: [{ escalateTo: words.actor }] } };
  const shipped = readModel();
  const policy = { rules: [], deadlines, nurture: { tracks: {}, tierCooldownHours: 1 } };
  await storeModel(escalating, { ...shipped, policy: { ...shipped.policy, ...policy } });
  const { LeadTierChanged, HandoffDeadlineMoved } = outboundContracts;
  const standing = {
    leadId: leads.late,
    modelVersion: escalating,
    action: { kind: 'handoff', queue: 'sales', dueHours: 1 },
  };
  const messages = [
    withData(LeadTierChanged.sampleEvent, standing),
    ...(['paused', 'resumed'] as const).map((effect, i) =>
      withData(HandoffDeadlineMoved.sampleEvent, { leadId: leads.late, version: 90 + i, effect }),
    ),
  ];
  for (const message of messages) {
    await sendToHandOff([message]);
    await settle();
  }
  const handoff = announced('HandoffRequested').find(({ leadId }) => leadId === leads.late);
  const { handoffId, dueAt } = handoff ?? {};
  const { HandoffDue } = internalContracts;
  await sendToHandOff([withData(HandoffDue.sampleEvent, { leadId: leads.late, handoffId, dueAt })]);
  await settle();
  for (const version of [95, 96]) {
    await sendToHandOff([withData(LeadTierChanged.sampleEvent, { ...standing, version })]);
    await settle();
  }
  const waits = newHandoffId({ data: { leadId: leads.late, version: 96, ordinal: 0 } } as ActionEvent);
  const over = '2026-03-01T10:00:00.000Z';
  await sendToHandOff([
    withData(HandoffDue.sampleEvent, { leadId: leads.late, handoffId: waits, dueAt: over }),
  ]);
  await settle();
};

/** Merges a lead that was handed off elsewhere into one with history, and sends known and new events of it afterwards. */
const merge = async ({ put, settle }: Target): Promise<void> => {
  const known = activity(leads.merged);
  const verdict = { leadId: leads.merged, handoffId: 'crm-2', actor: words.actor, reason: words.note };
  await put([
    profile(leads.survivor, { industry: words.attribute }),
    activity(leads.survivor, { backfill: true }),
    known,
    event('HandoffRejected', verdict),
  ]);
  await settle();
  await put([event('LeadsMerged', { leadId: leads.survivor, mergedLeadId: leads.merged })]);
  await settle();
  await put([known, activity(leads.merged), profile(leads.merged, { employees: 40 })]);
  await settle();
};

/** Erases a lead about which everything possible is stored, then sends late events. */
const erase = async ({ put, settle, discard }: Target, leadId: string): Promise<void> => {
  const late = poison(leadId, inSeveralParts);
  await put([poison(leadId), poison(leadId, inSeveralParts)]);
  await settle();
  await discard(leadId, words.note);
  await put([event('LeadErasureRequested', { leadId })]);
  await settle();
  await put([
    activity(leadId),
    late,
    event('HandoffAccepted', { leadId, handoffId: 'late', actor: words.actor }),
  ]);
  await settle();
  await put([late]);
  await settle();
};

/** Sends facts that fill an item: those that make it too large go to the quarantine. */
const tooLarge = async ({ put, settle }: Target): Promise<void> => {
  const attribute = (n: number) =>
    Array.from({ length: limits.listLength }, (_, i) => `${n}-${i}-${'x'.repeat(190)}`);
  const entries = Array.from({ length: 60 }, (_, n) => profile(leads.large, { [`list_${n}`]: attribute(n) }));
  await put(entries);
  await settle();
};

/** Takes every path through the functions that leads to a call of AWS, so that grants can be compared. */
export const everyPath = async (target: Target): Promise<void> => {
  const { api, put, settle, runScheduled, announced } = target;
  await put(sample());
  await settle();
  await target.activateModel({ ...readModel(), version: 'every-path' });
  await settle();
  await target.forgetCount();
  await runScheduled();
  await verdicts(target);
  await deadlines(target);
  await quarantine(target);
  await integrationPaths(target);
  await apiPaths({
    api,
    settle,
    quarantined: leads.quarantined,
    model: { ...readModel(), version: 'of-the-api' },
    secret: words.note,
  });
  await merge(target);
  await tooLarge(target);
  await put([event('LeadRescoreRequested', { leadId: leads.survivor, modelVersion: 'another@1' })]);
  await settle();
  const handedOff = String(announced('HandoffRequested').at(0)?.leadId);
  for (const leadId of [leads.survivor, handedOff]) await erase(target, leadId);
  await eraseIntegrations(target);
  await runScheduled();
};
