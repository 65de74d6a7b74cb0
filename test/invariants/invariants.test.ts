import { describe, expect, it } from 'vitest';
import type { Item } from '../../shared/dynamodb/index.ts';
import { findDue, type LeadState } from '../../shared/lead/index.ts';
import { parseLead } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { drawPlan } from '../simulation/load/plan.ts';
import { beQuiet } from '../simulation/quiet.ts';
import { createMemoryStore } from '../simulation/services/memory-store.ts';
import { run } from '../simulation/world/run.ts';
import { findLeadId, hashContentKey } from './content.ts';
import type { Evidence, History } from './evidence.ts';
import { checkInvariants, invariants } from './index.ts';
import { integrationFaults } from './integration-faults.ts';
import { modelFaults } from './model-faults.ts';
import { groupLeads, isEntry, isOfClock, parseLeadId, textOf } from './reading.ts';

type Whole = Evidence & { readonly history: History };

/** Plants a fault in sound evidence; returns undefined if the evidence has nothing to break. */
type Plant = (evidence: Whole) => Evidence | undefined;

const mostSeeds = 200;
const known = new Map<number, Promise<Whole>>();
const buildEvidence = (seed: number): Promise<Whole> => {
  beQuiet();
  const found =
    known.get(seed) ??
    run({
      plan: drawPlan(seed),
      openStore: (faults, { pageItems }) => createMemoryStore(faults, pageItems),
    }).then(({ evidence }) => evidence);
  known.set(seed, found);
  return found;
};

/** Plants a fault in the first run that has room for it, and returns the findings. */
const findPlanted = async (plant: Plant): Promise<string[]> => {
  for (let seed = 1; seed <= mostSeeds; seed++) {
    const evidence = await buildEvidence(seed);
    const planted = plant(evidence);
    if (planted === undefined) continue;
    expect(checkInvariants(evidence), `seed ${seed}`).toEqual([]);
    return checkInvariants(planted).map(({ invariant, text }) => `${invariant}: ${text}`);
  }
  throw new Error(`none of ${mostSeeds} seeds has room for the fault`);
};

type Which = (item: Item, evidence: Whole) => boolean;
type Change = (item: Item) => readonly Item[];

/** Whether an item has the text of an event that had to be rejected, and not of one that may be recorded as well. */
const isTextOfRejected: Which = ({ pk, body }, { arrivals }) =>
  body !== undefined &&
  [...arrivals.values()].some(({ key, fate }) => fate === 'rejected' && hashContentKey(key) === pk?.S);

/** Replaces the first item of a table that fits. The result has no history, as the evidence of a soak. */
const replacing =
  (table: 'leads' | 'quarantine', which: Which, change: Change): Plant =>
  (evidence) => {
    const index = evidence[table].findIndex((item) => which(item, evidence));
    const item = evidence[table][index];
    if (item === undefined) return undefined;
    return { ...evidence, [table]: evidence[table].toSpliced(index, 1, ...change(item)), history: undefined };
  };
const inLeads = (which: Which, change: Change) => replacing('leads', which, change);
const inQuarantine = (which: Which, change: Change) => replacing('quarantine', which, change);

const withAttributes =
  (attributes: Item): Change =>
  (item) => [{ ...item, ...attributes }];
const pick = (item: Item, ...names: string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
const removed: Change = () => [];
const withoutAttribute =
  (name: string): Change =>
  (item) => [Object.fromEntries(Object.entries(item).filter(([other]) => other !== name))];

const hasStatus =
  (...statuses: string[]): Which =>
  (item) =>
    textOf(item, 'sk') === 'STATE' && statuses.includes(textOf(item, 'status'));
const isOpen = hasStatus('active', 'recycled', 'disqualified');
/** Whether an item is the state of a lead that is settled and whose score is announced. */
const isScored: Which = (item) =>
  isOpen(item, {} as Whole) && item.announcedScore !== undefined && item.announced === undefined;
const isJudged: Which = (item) => isEntry(item) && item.standing !== undefined;
const isSurvivor: Which = (item, { leads }) =>
  isOpen(item, {} as Whole) && leads.some((other) => textOf(other, 'mergedInto') === parseLeadId(item));
const isHandoff: Which = (item) => textOf(item, 'sk').startsWith('HANDOFF#');
const isOfErased: Which = (item, { leads }) =>
  leads.some((other) => hasStatus('erased')(other, {} as Whole) && parseLeadId(other) === parseLeadId(item));

const isRequested: Which = (item, { arrivals }) =>
  [...arrivals.values()].some(
    ({ body }) => body.includes('"LeadErasureRequested"') && findLeadId(body) === parseLeadId(item),
  );

const withHistory =
  (change: (history: History) => Partial<History> | undefined): Plant =>
  (evidence) => {
    const changed = change(evidence.history);
    return changed && { ...evidence, history: { ...evidence.history, ...changed } };
  };

type Write = History['writes'][number];
/** Adds a write at the end of a history, made from one that it has. */
const writing = (which: (write: Write) => boolean, change: (write: Write) => Write): Plant =>
  withHistory(({ writes }) => {
    const found = writes.findLast(which);
    return found && { writes: [...writes, { ...change(found), step: Number.MAX_SAFE_INTEGER }] };
  });

const firstArrival = (evidence: Whole, fate: string) =>
  [...evidence.arrivals.values()].find((one) => one.fate === fate);
const withoutArrival =
  (fate: string): Plant =>
  (evidence) => {
    const arrival = firstArrival(evidence, fate);
    if (arrival === undefined) return undefined;
    const arrivals = new Map([...evidence.arrivals].filter(([key]) => key !== arrival.key));
    return { ...evidence, arrivals, history: undefined };
  };

const state = (write: Write) => write.key.sk === 'STATE';

const withOccurredAt = (item: Item, at: number): Item => {
  const { metadata, ...detail } = JSON.parse(textOf(item, 'detail')) as { metadata: object };
  const occurredAt = new Date(at).toISOString();
  return { ...item, detail: { S: JSON.stringify({ ...detail, metadata: { ...metadata, occurredAt } }) } };
};

/** Whether an entry is of time that was advanced and has a change that says so. */
const isTimed: Which = (item) => isOfClock(item) && textOf(item, 'changes').includes('"trigger":"time"');
const isSettling: Which = (item) =>
  isOfClock(item) && textOf(item, 'changes').includes('"trigger":"backfill"');
const isSilent: Which = (item) =>
  item.silent !== undefined && textOf(item, 'detail').includes('"backfill":true');

/** Returns the entry of the same lead that follows an entry. */
const findNext = (item: Item, { leads }: Whole): Item | undefined => {
  const { entries = [] } = groupLeads({ leads } as Whole).get(parseLeadId(item)) ?? {};
  return entries[entries.findIndex(({ sk }) => sk?.S === item.sk?.S) + 1];
};

const isTimedBeforeEvent: Which = (item, evidence) => {
  const next = findNext(item, evidence);
  const isEvent = ['LeadActivityRecorded', 'LeadProfileUpdated'].includes(textOf(next, 'type'));
  const isLive = isEvent && !textOf(next, 'detail').includes('"backfill":true');
  return isTimed(item, evidence) && isLive && textOf(next, 'sk') > textOf(item, 'sk');
};
const isTimedAtEnd: Which = (item, evidence) =>
  isTimed(item, evidence) && findNext(item, evidence) === undefined && !isOfErased(item, evidence);

/** Adds an announcement that an entry of history has caused. */
const announcingAtSilent =
  (type: string): Plant =>
  ({ announced, ...evidence }) => {
    const item = evidence.leads.find((one) => isSilent(one, {} as Whole));
    const one = announced.find((event) => event['detail-type'] === type);
    if (item === undefined || one === undefined) return undefined;
    const position = {
      leadId: parseLeadId(item),
      version: Number(item.version?.N),
      ordinal: Number(item.ordinal?.N),
    };
    const detail = { ...one.detail, data: { ...(one.detail.data as object), ...position } };
    return { ...evidence, announced: [...announced, { ...one, detail }] };
  };

type Start = { readonly track: string; readonly version: number };

/** Adds starts of a nurture track that has limits, when the lead has left it. */
const beginning =
  (change: (start: Start, i: number) => Start, count: number): Plant =>
  ({ announced, ...evidence }) => {
    const { tracks = {} } = evidence.active.document.policy.nurture ?? {};
    const one = announced.find(
      ({ 'detail-type': type, detail }) =>
        type === 'NurtureStopped' && Number(tracks[(detail.data as Start).track]?.mostStarts) > 0,
    );
    if (one === undefined) return undefined;
    const starts = Array.from({ length: count }, (_, i) => ({
      'detail-type': 'NurtureStarted',
      detail: {
        metadata: { ...one.detail.metadata, eventId: `x-${i}` },
        data: change(one.detail.data as Start, i),
      },
    }));
    return { ...evidence, announced: [...announced, ...starts] };
  };

const faults: readonly (readonly [finding: string, plant: Plant])[] = [
  [
    'I1: .* has 2 entries',
    inLeads(isJudged, (item) => [
      item,
      { ...item, pk: { S: 'LEAD#x' }, sk: { S: `${textOf(item, 'sk')} ${parseLeadId(item)}` } },
    ]),
  ],
  ['I1: .* has no entry', inLeads(isJudged, removed)],
  ['I1: .* which nobody sent', withoutArrival('recorded')],
  ['I1: .* another content', inLeads(isJudged, withAttributes({ detail: { S: '{}' } }))],
  [
    'I1: 2 of the 2 events of a contest',
    (evidence) => {
      const recorded = [...evidence.arrivals].filter(([, { fate }]) => fate === 'recorded');
      if (recorded.length < 2 || evidence.leads.some((item) => item.commitment) || evidence.quarantine.length)
        return undefined;
      const contested = recorded
        .slice(0, 2)
        .map(([key, one]) => [key, { ...one, contest: 'a contest' }] as const);
      return { ...evidence, arrivals: new Map([...evidence.arrivals, ...contested]) };
    },
  ],
  [
    'I1: .* was written again',
    writing(
      ({ key, after }) => key.sk.startsWith('EVENT#') && !after?.commitment,
      (write) => ({ ...write, before: write.after }),
    ),
  ],
  ['I2: .* has score', inLeads(isOpen, withAttributes({ score: { N: '99.5' } }))],
  ['I2: .* has entries and no state', inLeads(isOpen, removed)],
  [
    'I2: .* is merged and still has facts',
    inLeads(hasStatus('merged'), withAttributes({ facts: { S: '{}' } })),
  ],
  ['I2: the model .* is not stored', inLeads((item) => textOf(item, 'sk') === 'MODEL', removed)],
  [
    'I3: .* has coverage',
    inLeads(
      (item, evidence) => isOpen(item, evidence) && !isSurvivor(item, evidence),
      withAttributes({ coverage: { N: '0.123' } }),
    ),
  ],
  [
    'I3: .* it may have',
    inLeads(
      (item, evidence) => isOpen(item, evidence) && !isSurvivor(item, evidence) && Number(item.score?.N) < 20,
      withAttributes({ tier: { S: 'excellent' } }),
    ),
  ],
  ['I4: .* and entries of the versions', inLeads(isJudged, withAttributes({ version: { N: '77' } }))],
  [
    'I4: the announcement .* has two contents',
    ({ announced, ...evidence }) =>
      announced[0] && {
        ...evidence,
        announced: [...announced, { ...announced[0], detail: { ...announced[0].detail, data: {} } }],
      },
  ],
  [
    'I4: .* was announced under 2 ids',
    ({ announced, ...evidence }) => {
      const one = announced.find((event) => event['detail-type'] === 'LeadStageTransitioned');
      return (
        one && {
          ...evidence,
          announced: [
            ...announced,
            { ...one, detail: { ...one.detail, metadata: { ...one.detail.metadata, eventId: 'x' } } },
          ],
        }
      );
    },
  ],
  ['I4: .* has tier', inLeads(isOpen, withAttributes({ tier: { S: 'no tier' } }))],
  ['I4: .* has the announced score', inLeads(isScored, withAttributes({ announcedScore: { N: '99.99' } }))],
  ['I4: .* has score .*, announced as', inLeads(isScored, withAttributes({ score: { N: '1000' } }))],
  ['I4: .* has no announced score', inLeads(isScored, withoutAttribute('announcedScore'))],
  [
    'I4: .* has an announced score that nobody asks for',
    inLeads(
      (item) => isOpen(item, {} as Whole) && textOf(item, 'model') === 'small@1',
      withAttributes({ announcedScore: { N: '1' } }),
    ),
  ],
  ['I4: .* has stage', inLeads(isOpen, withAttributes({ stage: { S: 'no stage' } }))],
  [
    'I4: .* the last announced was',
    inLeads(hasStatus('merged'), withAttributes({ status: { S: 'erased' } })),
  ],
  [
    'I4: .* is open; announced was',
    (evidence) =>
      inLeads(hasStatus('merged'), () =>
        evidence.leads
          .filter((item) => isOpen(item, evidence))
          .slice(0, 1)
          .map((open) => ({
            ...open,
            pk: {
              S: `LEAD#${parseLeadId(evidence.leads.find((item) => hasStatus('merged')(item, evidence)) as Item)}`,
            },
          })),
      )(evidence),
  ],
  [
    'I4: .* went from version',
    writing(state, (write) => ({ ...write, before: { ...write.after, head: { B: Buffer.from('x') } } })),
  ],
  [
    'I4: .* was never announced',
    ({ announced, ...evidence }) => (announced.length === 0 ? undefined : { ...evidence, announced: [] }),
  ],
  ['I4: .* and never decided', withHistory(() => ({ writes: [] }))],
  [
    'I5: rejected, but not in',
    (evidence) =>
      evidence.quarantine.some((item) => isTextOfRejected(item, evidence))
        ? { ...evidence, quarantine: [] }
        : undefined,
  ],
  [
    'I5: .* not as it came',
    inQuarantine(isTextOfRejected, withAttributes({ body: { B: Buffer.from('{}') } })),
  ],
  ['I5: neither recorded nor', inLeads(isJudged, removed)],
  [
    'I5: .* nothing is wrong with it',
    (evidence) => {
      const arrival = firstArrival(evidence, 'recorded');
      if (arrival === undefined) return undefined;
      const head = { pk: { S: hashContentKey(arrival.key) }, sk: { S: 'META' } };
      return { ...evidence, quarantine: [...evidence.quarantine, head], history: undefined };
    },
  ],
  ['I5: the quarantine holds', withoutArrival('rejected')],
  ['I5: left in a queue', (evidence) => ({ ...evidence, left: [{ place: 'a queue', bodies: ['x'] }] })],
  ['I5: its message was deleted', withHistory(() => ({ lost: ['x'] }))],
  [
    'I6: score-leads failed undisturbed',
    withHistory(({ worked }) => ({
      worked: worked.map((one) => ({ ...one, strikes: 0, lostRaces: 0, result: { ok: false } })),
    })),
  ],
  [
    'I6: score-leads failed undisturbed at',
    withHistory(({ worked }) => ({
      worked: worked.map((one) => {
        const batchItemFailures = one.given.map(({ id }) => ({ itemIdentifier: id }));
        return { ...one, strikes: 0, lostRaces: 0, result: { ok: true, response: { batchItemFailures } } };
      }),
    })),
  ],
  ['I7: .* has the entries', inLeads(isJudged, withAttributes({ ordinal: { N: '77' } }))],
  [
    'I7: .* were written together',
    writing(
      ({ key, before }) => key.sk.startsWith('EVENT#') && before === undefined,
      (write) => write,
    ),
  ],
  [
    'I7: .* was written with the entries',
    withHistory(({ writes }) => ({
      writes: writes.map((write) =>
        write.key.sk.startsWith('EVENT#') && write.after
          ? { ...write, after: { ...write.after, ordinal: { N: '77' } } }
          : write,
      ),
    })),
  ],
  [
    'I8: replaying the archive removed',
    withHistory(({ afterReplay }) => ({ afterReplay: { ...afterReplay, leads: [] } })),
  ],
  [
    'I8: replaying the archive changed',
    withHistory(({ afterReplay }) => ({
      afterReplay: {
        ...afterReplay,
        leads: afterReplay.leads.map((item) =>
          textOf(item, 'sk') === 'STATE' ? { ...item, version: { N: '77' } } : item,
        ),
      },
    })),
  ],
  [
    'I8: replaying the archive added quarantine',
    withHistory(({ beforeReplay }) =>
      beforeReplay.quarantine.length === 0
        ? undefined
        : { beforeReplay: { ...beforeReplay, quarantine: [] } },
    ),
  ],
  [
    'I8: replaying the archive announced',
    withHistory(({ beforeReplay }) => ({ beforeReplay: { ...beforeReplay, announced: 0 } })),
  ],
  [
    'I9: .* is chained to something else',
    inLeads((item) => item.prev !== undefined, withAttributes({ prev: { B: Buffer.from('x') } })),
  ],
  ['I12: .* has x 101', inLeads(isOpen, withAttributes({ dimensions: { S: '{"x":101}' } }))],
  ['I9: .* another head', inLeads(isOpen, withAttributes({ head: { B: Buffer.from('x') } }))],
  ['I10: .* STATE still holds', inLeads(hasStatus('erased'), withAttributes({ facts: { S: '{}' } }))],
  [
    'I10: .* EVENT#.* still holds',
    inLeads(
      (item, evidence) => isEntry(item) && isOfErased(item, evidence),
      withAttributes({ standing: { S: '{"modelVersion":"x"}' } }),
    ),
  ],
  [
    'I10: .* HANDOFF#.* still holds',
    inLeads(
      (item, evidence) => isHandoff(item, evidence) && isOfErased(item, evidence),
      withAttributes({ handoffStatus: { S: 'open' } }),
    ),
  ],
  [
    'I10: the quarantine still holds .* PART#',
    (evidence) => {
      const erased = new Set(
        evidence.leads.filter((item) => hasStatus('erased')(item, evidence)).map((item) => parseLeadId(item)),
      );
      const arrival = [...evidence.arrivals.values()].find(({ body }) => erased.has(findLeadId(body) ?? ''));
      if (arrival === undefined) return undefined;
      const part = { pk: { S: hashContentKey(arrival.key) }, sk: { S: 'PART#x#0' }, body: { S: 'x' } };
      return { ...evidence, quarantine: [...evidence.quarantine, part] };
    },
  ],
  [
    'I10: the quarantine still holds',
    (evidence) =>
      inQuarantine(
        (item) => textOf(item, 'sk') === 'META',
        withAttributes({
          leadId: {
            S:
              parseLeadId(evidence.leads.find((item) => hasStatus('erased')(item, evidence)) ?? {}) || 'none',
          },
        }),
      )(
        evidence.leads.some((item) => hasStatus('erased')(item, evidence))
          ? evidence
          : { ...evidence, quarantine: [] },
      ),
  ],
  [
    'I10: .* was to be erased',
    inLeads(
      (item, evidence) => hasStatus('erased')(item, evidence) && isRequested(item, evidence),
      withAttributes({ status: { S: 'merged' }, mergedInto: { S: 'x' } }),
    ),
  ],
  [
    'I10: .* nobody requested it',
    inLeads(isOpen, (item) => [{ ...pick(item, 'pk', 'sk', 'version', 'head'), status: { S: 'erased' } }]),
  ],
  [
    'I10: .* has lost its content',
    inLeads(
      (item, evidence) => isJudged(item, evidence) && !isOfErased(item, evidence),
      (item) => [{ ...pick(item, 'pk', 'sk', 'version', 'ordinal'), commitment: { B: Buffer.from('x') } }],
    ),
  ],
  [
    'I10: .* HANDOFF#.* has lost its content',
    inLeads(
      (item, evidence) => isHandoff(item, evidence) && !isOfErased(item, evidence),
      withAttributes({ erasedAt: { S: '2026-03-01T00:00:00.000Z' } }),
    ),
  ],
  [
    'I10: .* was brought back',
    writing(
      (write) => state(write) && ['merged', 'erased'].includes(textOf(write.after, 'status')),
      (write) => ({ ...write, before: write.after, after: { ...write.after, status: { S: 'active' } } }),
    ),
  ],
  [
    'I11: .* is judged by',
    (evidence) => ({ ...evidence, active: { ...evidence.active, version: 'another' } }),
  ],
  ['I11: .* has score', inLeads(isOpen, withAttributes({ score: { N: '99.5' } }))],
  ['I12: .* has score 101', inLeads(isOpen, withAttributes({ score: { N: '101' } }))],
  [
    'I12: .* had coverage -1',
    writing(
      (write) => state(write) && write.after?.score !== undefined,
      (write) => ({ ...write, after: { ...write.after, coverage: { N: '-1' } } }),
    ),
  ],
  ['I13: .* has coverage', inLeads(isSurvivor, withAttributes({ coverage: { N: '0.123' } }))],
  [
    'I13: the merge .* is recorded and in the quarantine',
    (evidence) => {
      const merge = evidence.leads.find(
        (item) => isJudged(item, evidence) && textOf(item, 'type') === 'LeadsMerged',
      );
      const arrival = [...evidence.arrivals.values()].find(({ body }) =>
        body.includes(`"eventId":"${textOf(merge, 'sk').slice(31)}"`),
      );
      if (arrival === undefined) return undefined;
      const head = { pk: { S: hashContentKey(arrival.key) }, sk: { S: 'META' } };
      return { ...evidence, quarantine: [...evidence.quarantine, head], history: undefined };
    },
  ],
  [
    'I13: the merge of .* was rejected',
    inQuarantine(
      (item) => textOf(item, 'code') === 'merge-cycle' && item.mergedLeadId !== undefined,
      withAttributes({ code: { S: 'merge-with-erased' } }),
    ),
  ],
  [
    'I14: .* has an advance of time at',
    inLeads(isTimed, (item) => [
      withOccurredAt(item, Date.parse(textOf(item, 'sk').slice(6, 30)) + 3_600_000),
    ]),
  ],
  [
    "I14: .* doesn't say that time made it",
    inLeads(isTimed, (item) => [
      { ...item, changes: { S: textOf(item, 'changes').replaceAll('"time"', '"x"') } },
    ]),
  ],
  ['I14: .* which has no entry before', inLeads(isTimedBeforeEvent, removed)],
  ['I14: .* changed by itself at .* which has no entry$', inLeads(isTimedAtEnd, removed)],
  [
    'I14: .* was forgotten at',
    withHistory(({ writes }) => {
      const isForgetting = ({ before, after }: Write) =>
        before === undefined &&
        after !== undefined &&
        isOfClock(after) &&
        after.changes?.S?.includes('LeadErased');
      return writes.some(isForgetting)
        ? {
            writes: writes.map((write) =>
              isForgetting(write) && write.after
                ? { ...write, after: withOccurredAt(write.after, 1) }
                : write,
            ),
          }
        : undefined;
    }),
  ],
  [
    'I14: .* it changes by itself at',
    inLeads(
      (item, { models }) =>
        isOpen(item, {} as Whole) &&
        findDue(models.get(textOf(item, 'model')) as ScoringModel, parseLead(item) as LeadState) !==
          undefined,
      ({ dueAt: _dueAt, dueKey: _dueKey, ...item }) => [item],
    ),
  ],
  [
    'I14: .* and indexed as',
    inLeads(
      (item, evidence) => isOpen(item, evidence) && item.dueAt !== undefined,
      withAttributes({ dueKey: { S: '2026-01-01T00#0' } }),
    ),
  ],
  [
    'I14: .* is still due since',
    (evidence) =>
      evidence.leads.some(({ dueKey }) => dueKey !== undefined)
        ? { ...evidence, waitedUntil: Date.parse('2100-01-01'), history: undefined }
        : undefined,
  ],
  [
    'I15: .* has changes to announce',
    inLeads(isSilent, ({ silent, ...item }) => [{ ...item, changes: silent as Item[string] }]),
  ],
  ['I15: .* is history; announced was', announcingAtSilent('LeadTierChanged')],
  ['I15: .* is history, and started a', announcingAtSilent('NurtureStarted')],
  [
    'I15: .* has 2 announcements of its history',
    inLeads(isSettling, (item) => {
      const { list, ...others } = JSON.parse(textOf(item, 'changes')) as { list: object[] };
      return [{ ...item, changes: { S: JSON.stringify({ ...others, list: [...list, ...list] }) } }];
    }),
  ],
  [
    "I15: .* doesn't say that it is of its history",
    inLeads(isSettling, (item) => [
      { ...item, changes: { S: textOf(item, 'changes').replaceAll('"backfill"', '"time"') } },
    ]),
  ],
  [
    'I15: .* before a quiet period was over',
    (evidence) => {
      if (!evidence.leads.some((item) => isSettling(item, evidence))) return undefined;
      const late = [...evidence.arrivals].map(
        ([key, one]) => [key, { ...one, at: Number(one.at) + 1e8 }] as const,
      );
      return { ...evidence, arrivals: new Map(late) };
    },
  ],
  ['I15: .* was never settled', inLeads(isOpen, withAttributes({ announced: { S: 'null' } }))],
  [
    'I15: .* requested a hand-off at',
    ({ announced, ...evidence }) => {
      const one = announced.find((event) => event['detail-type'] === 'HandoffRequested');
      if (one === undefined) return undefined;
      const data = { ...(one.detail.data as object), dueAt: '2020-01-01T00:00:00.000Z' };
      return { ...evidence, announced: [...announced, { ...one, detail: { ...one.detail, data } }] };
    },
  ],
  ['limits: .* began 4 times', beginning((start, i) => ({ ...start, version: start.version + i }), 3)],
  ['limits: .* hours after it ended', beginning((start) => ({ ...start, version: start.version + 1 }), 1)],
  [
    'limits: .* was handed off 0 hours after',
    ({ announced, ...evidence }) => {
      const one = announced.find((event) => event['detail-type'] === 'HandoffRequested');
      if (one === undefined || evidence.active.document.policy.nurture === undefined) return undefined;
      const { metadata, data } = one.detail;
      const again = { ...(data as object), version: Number((data as { version: number }).version) + 1 };
      const detail = { metadata: { ...metadata, eventId: 'again' }, data: again };
      return { ...evidence, announced: [...announced, { ...one, detail }] };
    },
  ],
  [
    'followed: .* has the action',
    inLeads(isOpen, withAttributes({ action: { S: '{"kind":"nurture","track":"x"}' } })),
  ],
  [
    'I19: .* is counted in',
    inLeads(
      (item) => textOf(item, 'sk') === 'FUNNEL' && item.cell !== undefined,
      withAttributes({ cell: { S: 'customer/risky' } }),
    ),
  ],
  ['I19: the stock of .* is', inLeads((item) => textOf(item, 'sk') === 'STOCK', removed)],
  ['I19: a recount found that x', (evidence) => ({ ...evidence, recounted: ['x'] })],
  [
    'I19: the sum of flows of .* is',
    (evidence) => ({
      ...evidence,
      leads: evidence.leads.filter((item) => !textOf(item, 'sk').startsWith('DAY#')),
    }),
  ],
  [
    'I19: .* was counted anew for something earlier',
    writing(
      ({ key, after }) => key.sk === 'FUNNEL' && textOf(after, 'countedPosition') !== '',
      (write) => ({ ...write, before: write.after, after: { ...write.after, countedPosition: { S: '0' } } }),
    ),
  ],
  [
    'followed: .* is on the nurture track',
    inLeads((item) => item.track !== undefined, withAttributes({ track: { S: 'x' } })),
  ],
  [
    'followed: .* though its state asks',
    inLeads((item) => isHandoff(item, {} as Whole) && textOf(item, 'handoffStatus') === 'open', removed),
  ],
  [
    "followed: .* which its state doesn't ask for",
    inLeads(
      (item) => isHandoff(item, {} as Whole) && textOf(item, 'handoffStatus') === 'withdrawn',
      withAttributes({ handoffStatus: { S: 'open' } }),
    ),
  ],
  [
    'followed: .* went back',
    writing(
      ({ key, after }) => key.sk === 'NURTURE' && textOf(after, 'position') !== '',
      (write) => ({ ...write, before: write.after, after: { ...write.after, position: { S: '0' } } }),
    ),
  ],
  [
    'followed: .* was opened late',
    writing(
      ({ key, after }) => key.sk.startsWith('HANDOFF#') && textOf(after, 'handoffStatus') === 'open',
      (write) => ({ ...write, before: undefined, after: { ...write.after, position: { S: '0' } } }),
    ),
  ],
  [
    'verdicts: .* sales said',
    inLeads(
      (item) =>
        isHandoff(item, {} as Whole) && ['accepted', 'rejected'].includes(textOf(item, 'handoffStatus')),
      withAttributes({ handoffStatus: { S: 'open' } }),
    ),
  ],
  ['audited: x', (evidence) => ({ ...evidence, audited: ['x'] })],
  ...integrationFaults,
  ...modelFaults,
];

describe('a fault that is planted into sound evidence', () => {
  it.each(faults)('is found: %s', async (finding, plant) => {
    expect(await findPlanted(plant)).toContainEqual(expect.stringMatching(new RegExp(`^${finding}`, 's')));
  });

  it('is planted for every invariant', () => {
    const planted = new Set(faults.map(([finding]) => finding.split(':')[0]));
    expect(invariants.map(({ id }) => id).filter((id) => !planted.has(id))).toEqual([]);
  });
});

describe('evidence that a check cannot read', () => {
  it('is a finding', async () => {
    const evidence = await buildEvidence(1);
    const leads = [{ pk: { S: 'LEAD#x' }, sk: { S: 'STATE' } }];
    expect(checkInvariants({ ...evidence, leads }).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^could not be checked: /),
    );
  });
});
