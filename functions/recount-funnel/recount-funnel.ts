import { dayMs, minuteMs } from '../../events/index.ts';
import { type Cell, readStock } from '../../shared/funnel-counts/index.ts';
import { count, logger } from '../../shared/lambda/index.ts';
import { compareStock } from './compare.ts';
import type { RecountDeps } from './deps.ts';
import { createRecountStore, type Recount, type SegmentProgress } from './progress.ts';
import { type ReadLead, scanLeads } from './read-leads.ts';
import { isCountedRight, type Repaired, repairLeads } from './repair.ts';

/** The part of an invocation that is read. */
export interface RecountRequest {
  /** Whether nothing is to be done if a recount of the same day is done. The schedule asks for that. */
  readonly isDaily?: boolean | undefined;
}

/** The result of a run. */
export interface Recounted {
  /** Whether the whole table is read. Otherwise the next run goes on. */
  readonly isDone: boolean;
  /** The leads that were read since the recount began. */
  readonly leads: number;
  /** The leads that this run counted for the first time: they are from before the funnel was counted. */
  readonly adopted: number;
  /** The leads that this run counted anew, since they were counted wrongly. */
  readonly repaired: number;
  /** The number of leads by which the counters differed, beyond what moves meanwhile explain. */
  readonly difference: number;
  readonly isCorrected: boolean;
}

/** The time after which a run reads nothing more. Lambda ends it after 15 minutes. */
const usualBudgetMs = 10 * minuteMs;

/** The time in which announcements that are on their way should be counted. */
const patienceMs = minuteMs / 2;

/** The most leads that wait for another look at once. */
const mostWaiting = 400;

/** A recount as one run carries it on. */
class Run {
  readonly #deps: RecountDeps;
  readonly #isFirst: boolean;
  readonly #counted: Map<string, number>;
  readonly #segments: SegmentProgress[];
  readonly #recount: Recount;
  #waiting: ReadLead[] = [];
  #leads: number;
  #ownMoves: number;
  adopted = 0;
  repaired = 0;

  /** @param isFirst whether no recount was ever done, so that leads may be from before the funnel was counted */
  constructor(deps: RecountDeps, recount: Recount, isFirst: boolean) {
    this.#deps = deps;
    this.#recount = recount;
    this.#isFirst = isFirst;
    this.#segments = [...recount.segments];
    this.#counted = new Map(Object.entries(recount.counted));
    this.#leads = recount.leads;
    this.#ownMoves = recount.ownMoves;
  }

  get recount(): Recount {
    return {
      ...this.#recount,
      segments: this.#segments,
      leads: this.#leads,
      counted: Object.fromEntries(this.#counted),
      ownMoves: this.#ownMoves,
    };
  }

  get isDone(): boolean {
    return this.#segments.every(({ isDone }) => isDone);
  }

  /** Reads one part of the table, until its end or an instant. */
  async readSegment(segment: number, endsAt: number): Promise<void> {
    const { client, table, now, pageSize } = this.#deps;
    const { after, isDone } = this.#segments[segment] as SegmentProgress;
    if (isDone) return;
    const segments = this.#segments.length;
    for await (const { leads, last } of scanLeads(client, table, { segment, segments, after, pageSize })) {
      await this.#compare(leads);
      if (last === undefined) continue;
      this.#segments[segment] = { after: last, isDone: false };
      // Only here, so that every run comes further.
      if (now() >= endsAt) return;
    }
    this.#segments[segment] = { isDone: true };
  }

  async #compare(leads: readonly ReadLead[]): Promise<void> {
    this.#leads += leads.length;
    count('FunnelLeadsRecounted', leads.length);
    for (const { counted } of leads) this.#add(counted?.cell, 1);
    const wrong = leads.filter((lead) => !isCountedRight(lead));
    const unknown = wrong.filter(({ counted }) => this.#isFirst && counted === undefined);
    // Not added while it is awaited: the parts of the table are read side by side.
    const adopted = await repairLeads(this.#deps, unknown, undefined);
    this.adopted += this.#note(adopted);
    this.#waiting.push(...wrong.filter((lead) => !unknown.includes(lead)));
    if (this.#waiting.length >= mostWaiting) await this.repairWaiting();
  }

  /** Waits until announcements that are on their way should be counted, and counts anew what is still wrong. */
  async repairWaiting(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    await this.#deps.wait(patienceMs);
    const day = new Date(this.#deps.now()).toISOString().slice(0, 10);
    const repaired = await repairLeads(this.#deps, waiting, day);
    this.repaired += this.#note(repaired);
  }

  #note(repaired: readonly Repaired[]): number {
    for (const { was, cell } of repaired) {
      this.#add(was?.cell, -1);
      this.#add(cell, 1);
    }
    this.#ownMoves += repaired.length;
    return repaired.length;
  }

  #add(cell: Cell | undefined, amount: number): void {
    if (cell !== undefined) this.#counted.set(cell, (this.#counted.get(cell) ?? 0) + amount);
  }
}

const dayOf = (at: number): number => Math.floor(at / dayMs);

const begin = async (deps: RecountDeps): Promise<Recount> => {
  const { moves } = await readStock(deps);
  return {
    startedAt: deps.now(),
    segments: Array.from({ length: deps.segments ?? 4 }, () => ({ isDone: false })),
    leads: 0,
    counted: {},
    movesBefore: Object.fromEntries(moves),
    ownMoves: 0,
  };
};

const nothing: Recounted = {
  isDone: true,
  leads: 0,
  adopted: 0,
  repaired: 0,
  difference: 0,
  isCorrected: false,
};

/**
 * Compares what was counted of each lead with its state, and the counters with what was counted of all leads, and counts
 * anew what is wrong. A run that is out of time leaves the rest to the next one.
 */
export const recountFunnel =
  (deps: RecountDeps) =>
  async ({ isDaily = false }: RecountRequest): Promise<Recounted> => {
    const { client, table, now, budgetMs = usualBudgetMs } = deps;
    const endsAt = now() + budgetMs;
    const store = createRecountStore(client, table);
    const { current, doneAt } = await store.load();
    const isDoneToday = doneAt !== undefined && dayOf(doneAt) === dayOf(now());
    if (isDaily && current === undefined && isDoneToday) return nothing;
    const run = new Run(deps, current ?? (await begin(deps)), doneAt === undefined);
    await Promise.all(run.recount.segments.map((_, segment) => run.readSegment(segment, endsAt)));
    await run.repairWaiting();
    const { recount, adopted, repaired, isDone } = run;
    const { leads } = recount;
    const compared = isDone ? await compareStock(deps, recount) : { difference: 0, isCorrected: false };
    await (isDone ? store.finish(recount) : store.save(recount));
    count('FunnelRecounts', isDone ? 1 : 0);
    count('FunnelLeadsAdopted', adopted);
    count('FunnelLeadsRepaired', repaired);
    count('FunnelDifference', compared.difference);
    logger.info('funnel recounted', {
      isDone: String(isDone),
      leads,
      adopted,
      repaired,
      difference: compared.difference,
    });
    return { isDone, leads, adopted, repaired, ...compared };
  };
