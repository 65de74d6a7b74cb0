import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { partitionEntries } from '../../cli/histories/partition-entries.ts';
import { readHistories } from '../../cli/histories/read-histories.ts';
import { type FoldedHistory, foldHistory } from '../../cli/replay/fast/fold-history.ts';
import type { Passing } from '../../cli/replay/fast/passing.ts';
import { orderByTime } from '../../cli/replay/feed-by-clock.ts';
import { clockEventId, internalEvent, type Rejection } from '../../events/index.ts';
import { readBatch } from '../../functions/score-leads/deliveries.ts';
import { scoreBatch } from '../../functions/score-leads/score-batch.ts';
import { text } from '../../shared/dynamodb/index.ts';
import { parseLeadKey } from '../../shared/keys/index.ts';
import { computeSettling, type Lead } from '../../shared/lead/index.ts';
import { parseLead, type StoredLead } from '../../shared/ledger/index.ts';
import { createFixedModels } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { buildMessage } from '../support/deliveries.ts';
import { now } from '../support/events.ts';
import { fadingModel } from '../support/fading-model.ts';
import { erasingHistory, poison, type SentEvent } from '../support/histories.ts';
import { compileDocument, smallDocument, successReady } from '../support/models.ts';
import { seeded } from '../support/seed.ts';
import { temporaryFiles } from '../support/temporary-files.ts';
import { createMemoryWorld } from '../support/world.ts';

const { folder } = temporaryFiles();

const runs = { numRuns: 100 };

/** The treatment of an event: it may be history, come again, or come again with other content. */
interface Handling {
  readonly backfill: boolean;
  readonly copies: number;
  readonly conflicts: boolean;
}

const handling: fc.Arbitrary<Handling> = fc.record({
  backfill: fc.boolean(),
  copies: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 })),
  conflicts: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const asHistory = ({ detail: { metadata, data }, ...entry }: SentEvent): SentEvent => ({
  ...entry,
  detail: { metadata: { ...metadata, backfill: true }, data },
});

const withOtherContent = ({ detail: { metadata, data }, ...entry }: SentEvent) => ({
  ...entry,
  detail: { metadata: { ...metadata, correlationId: 'another' }, data },
});

/** Draws the lines of a file: events of a few leads in any order, with merges, erasures, copies, conflicts and poison. */
const drawLines = (hasHistory: boolean): fc.Arbitrary<string[]> =>
  fc
    .tuple(
      erasingHistory,
      fc.array(handling, { minLength: 40, maxLength: 40 }),
      fc.array(poison, { maxLength: 3 }),
      fc.array(fc.nat(), { minLength: 90, maxLength: 90 }),
    )
    .map(([entries, handlings, poisons, order]) =>
      [
        ...entries.flatMap((entry, i) => {
          const { backfill, copies, conflicts } = handlings[i % handlings.length] as Handling;
          const sent = hasHistory && backfill ? asHistory(entry) : entry;
          // The copy of a rescoring that was refused, since nothing was known of its lead, may be taken later.
          const isRescoring = sent['detail-type'] === 'LeadRescoreRequested';
          const again = Array.from({ length: isRescoring ? 0 : copies }, () => sent);
          return [sent, ...again, ...(conflicts && !isRescoring ? [withOtherContent(sent)] : [])].map((one) =>
            JSON.stringify(one),
          );
        }),
        ...poisons,
      ]
        .map((line, i) => ({ line, rank: order[i % order.length] ?? 0, i }))
        .sort((a, b) => a.rank - b.rank || a.i - b.i)
        .map(({ line }) => line),
    );

/** The result of either way: the leads by id, and the codes of the events that were rejected. */
interface Result {
  readonly leads: Readonly<Record<string, unknown>>;
  readonly rejected: readonly string[];
}

/** Returns what must be equal of leads. Versions count commits, of which there are fewer if several events share one. */
const comparable = (leads: readonly Lead[]): Result['leads'] =>
  Object.fromEntries(
    leads.map((lead) => {
      const {
        version: _version,
        head: _head,
        dueAt: _dueAt,
        dueKey: _dueKey,
        ...rest
      } = lead as Lead & StoredLead;
      return [lead.leadId, rest];
    }),
  );

const codeOf = ({ code }: Rejection): string => code;

/**
 * Returns the codes in an order of their own. The ledger of an erased lead doesn't tell a conflict from a copy, since the
 * content is gone, whereas files still have it: with an erasure, conflicts aren't compared.
 */
const compareCodes = (
  codes: readonly string[],
  lines: readonly string[],
  { document }: ScoringModel,
): string[] => {
  const mayErase =
    document.policy.retainMonths !== undefined || lines.some((line) => line.includes('LeadErasureRequested'));
  return codes.filter((code) => !mayErase || code !== 'conflicting-content').toSorted();
};

/** The functions as they are deployed, over tables in memory, with a clock that the test moves. */
const createFlow = (model: ScoringModel) => {
  const { ledger, quarantine } = createMemoryWorld();
  const rejected: string[] = [];
  let clock = 0;
  const deps = {
    ledger,
    quarantine,
    models: createFixedModels(model),
    wait: async () => {},
    now: () => clock,
  };
  const score = async (body: string) => {
    const { quarantined, failed } = await scoreBatch(
      deps,
      readBatch({ Records: [buildMessage(body, 'm')] }, clock),
    );
    expect(failed).toEqual([]);
    rejected.push(...quarantined.map(({ rejection }) => codeOf(rejection)));
  };
  const states = () => ledger.items().filter(({ sk }) => sk?.S === 'STATE');
  const wake = async () => {
    for (let runs = 0; runs < 100; runs++) {
      const due = states().filter(({ dueAt }) => dueAt?.S !== undefined && Date.parse(dueAt.S) <= clock);
      if (due.length === 0) return;
      for (const item of due) {
        const leadId = parseLeadKey(text(item, 'pk'));
        const metadata = { eventId: clockEventId, occurredAt: text(item, 'dueAt') };
        await score(JSON.stringify(internalEvent('LeadClockAdvanced', metadata, { leadId })));
      }
    }
    throw new Error('something stays due');
  };
  return {
    score,
    /** Moves the clock to an instant. What is due happens on the way. */
    moveTo: async (at: number) => {
      const dues = () =>
        states().flatMap(({ dueAt }) => (dueAt?.S === undefined ? [] : [Date.parse(dueAt.S)]));
      for (;;) {
        const next = Math.min(...dues());
        if (next > at) break;
        clock = Math.max(clock, next);
        await wake();
      }
      clock = Math.max(clock, at);
    },
    setClock: (at: number) => {
      clock = at;
    },
    isUnsettled: () => states().some((item) => 'announced' in parseLead(item)),
    result: (lines: readonly string[]): Result => {
      return { leads: comparable(states().map(parseLead)), rejected: compareCodes(rejected, lines, model) };
    },
  };
};

type Flow = ReturnType<typeof createFlow>;

const isLastDay = 20 * 86_400_000;
const until = now + isLastDay;

/** The ways in which time passes, each as the whole flow and as the fast fold have it. */
const ways = {
  'by events': {
    feed: async (flow: Flow, lines: readonly string[]) => {
      flow.setClock(now);
      for (const line of lines) await flow.score(line);
    },
    passing: (): Passing => ({ kind: 'by-events', now }),
  },
  settling: {
    feed: async (flow: Flow, lines: readonly string[]) => {
      flow.setClock(now);
      for (const line of lines) await flow.score(line);
      await flow.moveTo(computeSettling(now));
    },
    passing: (): Passing => ({ kind: 'settling', now }),
  },
  until: {
    feed: async (flow: Flow, lines: readonly string[]) => {
      const entries = lines.map((line, i) => {
        const problem = { path: '', given: '', allowed: '' };
        const isJson = line.startsWith('{');
        return { file: 'f', number: i + 1, text: line, ...(!isJson && { problem }) };
      });
      for (const { entry, at } of orderByTime(entries, until)) {
        await flow.moveTo(at);
        await flow.score(entry.text);
      }
      await flow.moveTo(until);
    },
    passing: (historyAt: number | undefined): Passing => ({
      kind: 'until',
      until,
      historyAt: historyAt ?? until,
    }),
  },
};

let file = 0;

const foldFast = async (
  model: ScoringModel,
  lines: readonly string[],
  { passing }: (typeof ways)[keyof typeof ways],
): Promise<Result> => {
  const path = join(folder, `${file++}.jsonl`);
  writeFileSync(path, lines.join('\n'));
  const rejected: string[] = [];
  const partitions = await partitionEntries([path], {
    now: passing(0).kind === 'until' ? Number.POSITIVE_INFINITY : now,
    prefersLive: passing(0).kind === 'until',
    onRejected: (_entry, rejection) => rejected.push(codeOf(rejection)),
  });
  try {
    const folded: FoldedHistory[] = [];
    for (const partition of partitions.files)
      for (const history of readHistories(partition))
        folded.push(foldHistory(model, history, passing(partitions.lastHistoryAt)));
    for (const { numbered, rejection } of folded.flatMap((one) => one.rejected))
      for (let i = 0; i <= (numbered.copies ?? 0); i++) rejected.push(codeOf(rejection));
    return {
      leads: comparable(folded.flatMap(({ leads }) => leads)),
      rejected: compareCodes(rejected, lines, model),
    };
  } finally {
    partitions.remove();
    rmSync(path);
  }
};

let models: Record<string, ScoringModel>;
beforeAll(() => {
  const retaining = smallDocument();
  models = {
    'the default model': successReady(),
    'a model with decay': fadingModel(),
    'a model that retains leads for three months and announces scores': compileDocument({
      ...retaining,
      policy: { ...retaining.policy, retainMonths: 3, announceScore: { points: 5 } },
    }),
  };
});

describe.each(Object.keys(ways) as (keyof typeof ways)[])('with time %s', (way) => {
  it.each([
    'the default model',
    'a model with decay',
    'a model that retains leads for three months and announces scores',
  ])('the fast fold gives the leads of the whole flow by %s', async (name) => {
    const model = models[name] as ScoringModel;
    await fc.assert(
      fc.asyncProperty(drawLines(way !== 'by events'), async (drawn) => {
        // Without a present, no event is ahead of it, and time would have to pass until then.
        const lines = way === 'until' ? drawn.filter((line) => !line.includes('2999')) : drawn;
        const flow = createFlow(model);
        await ways[way].feed(flow, lines);
        expect(await foldFast(model, lines, ways[way])).toEqual(flow.result(lines));
      }),
      { ...seeded(), ...runs },
    );
  });
});
