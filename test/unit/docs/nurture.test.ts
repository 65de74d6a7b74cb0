import { describe, expect, it } from 'vitest';
import { type OutboundType, outboundContracts, type Tier } from '../../../events/index.ts';
import { NurtureDue } from '../../../events/internal/nurture-due.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import {
  findDocSection,
  markedTables,
  modelDocuments,
  parseFences,
  quotedNames,
  readDocument,
} from '../../support/docs.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { modelNamed } from './examples.ts';

/*
 * The table of docs/models.md that says what becomes of a nurture track. Each row is done: the lead is brought to what
 * the row says of it before, the cause is announced, and what is stored and announced afterwards is read.
 */

const section = findDocSection(readDocument('models.md'), '## Nurture');
const { subject, rows } = markedTables(section).find(({ mark }) => mark === 'nurture') ?? {
  subject: '',
  rows: [],
};
const model = modelNamed(
  modelDocuments.flatMap((name) => parseFences(readDocument(name))),
  subject,
);

const hour = 3_600_000;
const day = 24 * hour;
/** The instant of the row's cause. */
const rowAt = Date.parse('2026-06-01T00:00:00.000Z');
const formatInstant = (at: number) => new Date(at).toISOString();

interface Cause {
  readonly type: OutboundType;
  /** The data of its announcement, beside the action. */
  readonly data?: object;
}

const unlimited = 'unlimited@1';

/** The announcement by which each cause of the table makes itself known. */
const causes: Readonly<Record<string, Cause>> = {
  'the lead is new': {
    type: 'LeadStageTransitioned',
    data: { from: null, to: 'lead', kind: 'entered', trigger: 'first-seen' },
  },
  'the tier rises': { type: 'LeadTierChanged', data: { from: 'none', to: 'good', direction: 'up' } },
  'the tier falls': { type: 'LeadTierChanged', data: { from: 'excellent', to: 'good', direction: 'down' } },
  'the stage changes': { type: 'LeadStageTransitioned', data: { trigger: 'stated' } },
  'time moves the lead': { type: 'LeadTierChanged', data: { direction: 'down', trigger: 'time' } },
  'another model': { type: 'LeadTierChanged', data: { modelVersion: 'nurture@2' } },
  'another model without limits': { type: 'LeadTierChanged', data: { modelVersion: unlimited } },
  disqualification: { type: 'LeadDisqualified' },
  requalification: { type: 'LeadRequalified' },
  'held back': { type: 'LeadTierChanged', data: { heldBack: true } },
  'no longer held back': { type: 'LeadStageTransitioned', data: { kind: 'stayed' } },
  recycling: {
    type: 'LeadStageTransitioned',
    data: { kind: 'went-back', trigger: 'handoff-rejected', status: 'recycled' },
  },
  'merge into another lead': { type: 'LeadRedirected', data: { leadId: 'l-1' } },
  erasure: { type: 'LeadErased' },
};

const parseAction = (asked: string) => {
  const [track] = quotedNames(asked);
  if (track !== undefined) return { kind: 'nurture', track };
  return asked === 'a hand-off' ? { kind: 'handoff', queue: 'sales', dueHours: 24 } : { kind: 'none' };
};

const createNurturing = () => {
  const changes: Change[] = [];
  const client = memoryClient({ tables: { leads: [] }, onChange: (change) => changes.push(change) });
  const { nurture: _limits, ...without } = model.document.policy;
  let clock = 0;
  let version = 0;
  const follow = startNurture({
    followUps: createDynamoDbFollowUps(client, 'leads'),
    readPolicy: async (named) => (named === unlimited ? without : model.document.policy),
    now: () => clock,
  });
  const send = async (at: number, message: object): Promise<void> => {
    clock = at;
    expect(failedIds(await follow(buildBatch(message)))).toEqual([]);
  };
  return {
    announce: (at: number, { type, data }: Cause, asked: string, tier: Tier = 'risky') => {
      const { sampleEvent } = outboundContracts[type];
      const { metadata, data: sample } = sampleEvent.detail;
      return send(at, {
        ...sampleEvent,
        detail: {
          metadata: { ...metadata, eventId: `by-${version + 1}`, occurredAt: formatInstant(at) },
          data: {
            ...sample,
            ...('tier' in sample && { tier }),
            ...data,
            version: ++version,
            action: parseAction(asked),
          },
        },
      });
    },
    sendDue: async (at: number) => {
      const dueAt = client.memory.items('leads')[0]?.dueAt?.S ?? formatInstant(at);
      const { sampleEvent } = NurtureDue;
      await send(Math.max(at, Date.parse(dueAt)), {
        ...sampleEvent,
        detail: { ...sampleEvent.detail, data: { leadId: 'l-1', dueAt } },
      });
      return dueAt;
    },
    readItem: () => client.memory.items('leads')[0] ?? {},
    takeAnnounced: () =>
      changes
        .splice(0)
        .flatMap(({ before, after }) => (after === undefined ? [] : leadAnnouncements(after, before))),
  };
};
type Nurturing = ReturnType<typeof createNurturing>;

const change: Cause = { type: 'LeadTierChanged' };

/** Brings a lead to what a row says of it before. */
const prepare = async ({ announce }: Nurturing, before: string): Promise<void> => {
  const [track = ''] = quotedNames(before);
  const count = Number(/\d+/.exec(before)?.[0]);
  const quoted = `\`${track}\``;
  const begin = (ago: number, tier?: Tier) => announce(rowAt - ago, change, quoted, tier);
  const leave = (ago: number) => announce(rowAt - ago, change, 'nothing');
  switch (before.replace(/`[^`]+`/, 'X').replace(/\d+/, 'N')) {
    case 'on no track':
      return;
    case 'on X':
      return begin(100 * day);
    case 'on X for N hour, at this tier':
    case 'on X for N hours, at this tier':
      return begin(count * hour, 'good');
    case 'left X N days ago':
      await begin(100 * day);
      return leave(count * day);
    case 'waits for X':
      await begin(100 * day);
      await leave(day);
      return begin(day / 2);
    case 'refused X':
      await begin(100 * day);
      await leave(day);
      return begin(day / 2);
    default:
      throw new Error(`the row says before: ${before}`);
  }
};

const describeItem = ({
  track,
  waitingTrack,
  refusedTrack,
  dueAt,
  dueKey,
}: ReturnType<Nurturing['readItem']>): string => {
  const found = [
    ...(track === undefined ? [] : [`on \`${track.S}\``]),
    ...(waitingTrack === undefined || dueAt === undefined || dueKey === undefined
      ? []
      : [`waits for \`${waitingTrack.S}\``]),
    ...(refusedTrack === undefined ? [] : [`refused \`${refusedTrack.S}\``]),
  ];
  return found.join(', ') || 'on no track';
};

const describeAnnounced = (events: ReturnType<Nurturing['takeAnnounced']>): string =>
  events
    .map(
      ({ 'detail-type': type, detail }) =>
        `${type.replace('Nurture', '').toLowerCase()} \`${(detail.data as { track: string }).track}\``,
    )
    .join(', ') || '–';

describe('the table of what becomes of a nurture track', () => {
  it('has a row for each cause, and for each of start, stop, switch, wait and restart', () => {
    const named = new Set(rows.map(([cause]) => cause));
    expect([...named].toSorted()).toEqual([...Object.keys(causes), 'the waiting time is over'].toSorted());
    const ends = rows.map(
      ([, before = '', , after = '', announced = '']) =>
        `${before.split(' ')[0]} > ${after.split(' ')[0]}: ${announced.replace(/ `[^`]+`/g, '')}`,
    );
    for (const end of [
      'on > on: started',
      'on > on: stopped',
      'on > on: stopped, started',
      'left > waits: –',
      'waits > on: started',
      'left > on: started',
    ])
      expect(ends).toContain(end);
  });

  it.each(rows.map((row) => [row.join(' | '), row] as const))(
    '%s',
    async (_, [cause = '', before = '', asked = '', after, announced]) => {
      const nurturing = createNurturing();
      await prepare(nurturing, before);
      expect(describeItem(nurturing.readItem())).toBe(
        before.startsWith('left') ? 'on no track' : before.replace(/ for \d.*/, ''),
      );
      nurturing.takeAnnounced();
      let began = formatInstant(rowAt);
      if (cause === 'the waiting time is over') began = await nurturing.sendDue(rowAt);
      else await nurturing.announce(rowAt, causes[cause] ?? change, asked, 'good');
      expect(describeItem(nurturing.readItem())).toBe(after);
      const events = nurturing.takeAnnounced();
      expect(describeAnnounced(events)).toBe(announced);
      for (const { detail } of events) expect(detail.metadata.occurredAt).toBe(began);
      const { metadata } = events.at(-1)?.detail ?? {};
      const asking = nurturing.readItem().causationId?.S;
      if (metadata !== undefined) expect(metadata.causationId).toBe(asking);
    },
  );
});
