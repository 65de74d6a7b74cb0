import { createNamedRandom, type Random } from '../random.ts';
import type { LoadEntry, Sent } from './entry.ts';
import { drawContent, type EventContent } from './event-content.ts';
import { instantInTurn, iso, someInstant, tenYearsAgo } from './instants.ts';
import { drawOverride } from './overrides.ts';
import type { Plan } from './plan.ts';
import { drawPoison, drawStranger } from './poison.ts';
import { drawTimes } from './times.ts';
import { varyContent } from './variations.ts';

const names = ['l-1', 'l-2', 'constructor', 'jane@example.org', 'l-10', 'L:6+x'];

/** Returns the ids of the leads of a plan. */
export const listLeadIds = ({ leads }: Plan): readonly string[] => names.slice(0, leads);

/** Returns a text that only events of this lead contain. It must be nowhere after the lead was erased. */
export const secretOf = (leadId: string): string => `secret-${names.indexOf(leadId)}-secret`;

export const buildEntry = (
  { type, data }: EventContent,
  leadId: string,
  eventId: string,
  occurredAt: string,
  isHistory = false,
): LoadEntry => ({
  source: 'simulation',
  'detail-type': type,
  time: occurredAt,
  detail: {
    metadata: { eventId, occurredAt, schemaVersion: 1, ...(isHistory && { backfill: true }) },
    data: { leadId, ...data },
  },
});

/**
 * Returns the same event as another producer would write it: names in another order, the instant in another spelling.
 */
const respelt = (entry: LoadEntry): LoadEntry => {
  const { metadata, data } = entry.detail;
  const occurredAt = String(metadata.occurredAt).replace(
    /(\.\d+)?Z$/,
    (_, digits) => `${digits ?? '.000'}000Z`,
  );
  return {
    ...entry,
    detail: {
      metadata: Object.fromEntries(Object.entries({ ...metadata, occurredAt }).reverse()),
      data: Object.fromEntries(Object.entries(data).reverse()),
    },
  };
};

/** Returns another event with the same id and instant: whichever comes first counts. */
const buildTwin = (entry: LoadEntry): LoadEntry => ({
  ...entry,
  'detail-type': 'LeadActivityRecorded',
  detail: {
    ...entry.detail,
    data: { leadId: entry.detail.data.leadId, activity: 'twin', count: 7 },
  },
});

const drawInstant = ({ isChronological, events }: Plan, random: Random, index: number): number =>
  isChronological ? instantInTurn(index, events) : someInstant(random);

const isolated = (plan: Plan, random: Random, varying: Random, index: number): Sent[] => {
  const leads = listLeadIds(plan);
  const leadId = random.chance(plan.focus) ? (leads[0] as string) : random.pick(leads);
  const secret = secretOf(leadId);
  const at = random.chance(plan.tenYearsOff) ? tenYearsAgo(random) : drawInstant(plan, random, index);
  // Several leads share a few ids: an event is identified by lead, instant and id.
  const id = random.chance(0.1) ? 'e-shared' : `e-${index}`;
  const drawn = drawContent(random, secret, plan);
  const time = drawTimes(plan, leadId, index, at);
  const content = varying.chance(plan.overriding)
    ? drawOverride(varying, time.at, secret)
    : varyContent(drawn, plan.variety, varying, secret);
  const entry = buildEntry(content, leadId, id, iso(time.at), time.isHistory);
  const { sendAt } = time;
  if (random.chance(plan.poison)) {
    const spoil = random.chance(0.8) ? drawPoison : drawStranger;
    return [{ ...spoil(entry, random, secret), sendAt }];
  }
  if (random.chance(plan.twins)) {
    return [
      { content: entry, fate: 'recorded', sendAt },
      { content: buildTwin(entry), fate: 'recorded', sendAt },
    ];
  }
  const again: Sent[] = random.chance(plan.respelt)
    ? [{ content: respelt(entry), fate: 'recorded', sendAt }]
    : [];
  return [{ content: entry, fate: 'recorded', sendAt }, ...again];
};

const merging = (plan: Plan, random: Random, index: number): Sent => {
  const leads = listLeadIds(plan);
  const survivor = random.pick(leads);
  const merged = random.pick(leads.filter((leadId) => leadId !== survivor));
  const content = { type: 'LeadsMerged', data: { mergedLeadId: merged } };
  // Whether a merge closes a circle, and is rejected, depends on the order of merges.
  const { at, sendAt } = drawTimes(plan, `merge of ${survivor}`, index, someInstant(random));
  return { content: buildEntry(content, survivor, `merge-${index}`, iso(at)), fate: 'either', sendAt };
};

const erasing = (plan: Plan, random: Random, index: number): Sent => {
  const content = { type: 'LeadErasureRequested', data: {} };
  const leadId = random.pick(listLeadIds(plan));
  const { at, sendAt } = drawTimes(plan, `erasure of ${leadId}`, index, someInstant(random));
  return { content: buildEntry(content, leadId, `erase-${index}`, iso(at)), fate: 'recorded', sendAt };
};

const repeatTimes = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Draws all that producers will send, in the order of sending. */
export const drawHistory = (plan: Plan): readonly Sent[] => {
  const random = createNamedRandom(plan.seed, 'history');
  const varying = createNamedRandom(plan.seed, 'variations');
  const events = repeatTimes(plan.events, (index) => isolated(plan, random, varying, index)).flat();
  const others = [
    ...repeatTimes(plan.merges, (index) => merging(plan, random, index)),
    ...repeatTimes(plan.erasures, (index) => erasing(plan, random, index)),
  ];
  for (const other of others) events.splice(random.between(0, events.length), 0, other);
  return events.sort((a, b) => (a.sendAt ?? 0) - (b.sendAt ?? 0));
};
