import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { contentKey, hashContentKey } from '../../invariants/content.ts';
import type { Arrival, Fate, Given, Worked, Written } from '../../invariants/evidence.ts';
import { parseItemIdentity } from '../../invariants/reading.ts';
import { parseIdentity } from '../load/entry.ts';
import { isYearsAhead } from '../load/instants.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { Invocation } from '../services/functions.ts';

/**
 * Whether a message may end as a dead letter: hand-off fails on a verdict dated years ahead, since nothing else would
 * tell sales that it was not recorded.
 */
export const mayBeLeft = (place: string, body: string): boolean => place === 'hand-off' && isYearsAhead(body);

/** Whether a message is from `advance-leads`. */
const isOfClock = (body: string): boolean =>
  body.includes('"detail-type":"LeadClockAdvanced"') && body.includes('"source":"sluice"');

/** Whether a message is from `rescore-leads`. One for a lead that is judged by then has no entry. */
const isOfRescoring = (body: string): boolean => body.includes('"source":"sluice.rescore"');

/** The record of a run for the checks afterwards. */
export class Log {
  readonly arrivals = new Map<string, Arrival>();
  readonly writes: Written[] = [];
  readonly announced: DeliveredEvent[] = [];
  readonly worked: Worked[] = [];
  /** Leads in which the product's own audit found something. */
  readonly audited: string[] = [];
  /** The findings of a recount of the funnel at rest. */
  readonly recounted: string[] = [];
  /** Messages that were deleted before their events were stored. */
  readonly lost: string[] = [];
  readonly #stored = new Set<string>();
  /** Bodies whose events were looked up and are stored. */
  readonly #found = new Set<string>();
  readonly #keys = new Map<string, string>();

  /** Returns the key of an event's content, whatever its envelope. */
  findKey(body: string): string {
    const key = this.#keys.get(body) ?? contentKey(body);
    this.#keys.set(body, key);
    return key;
  }

  arrive(body: string, fateOf: (key: string) => Fate, at: number): void {
    const key = this.findKey(body);
    if (!this.arrivals.has(key)) this.arrivals.set(key, { body, key, fate: fateOf(key), at });
  }

  write(change: Change, step: number, at: number): void {
    this.writes.push({ ...change, step, at });
    const { table, key, after } = change;
    if (table === 'quarantine' && key.sk === 'META') this.#stored.add(key.pk);
    if (after !== undefined && key.sk.startsWith('EVENT#')) this.#stored.add(parseItemIdentity(after));
  }

  work(invocation: Invocation, given: readonly Omit<Given, 'mayFail'>[]): void {
    const mayFail = (body: string) => mayBeLeft(invocation.functionName, body);
    this.worked.push({ ...invocation, given: given.map((one) => ({ ...one, mayFail: mayFail(one.body) })) });
  }

  /** Checks a message that is about to be deleted. @param others the messages that are left in the queue */
  workOff(body: string, others: () => readonly string[]): void {
    // What is due stays in the index until it is done, and a lead is stale until it is rescored, whatever becomes of the
    // message about it.
    if (isOfClock(body) || isOfRescoring(body) || this.#isStored(body)) return;
    // If another message has the same event, this one may be deleted.
    const ids = this.#listIds(body);
    if (others().some((other) => this.#listIds(other).some((id) => ids.includes(id)))) return;
    this.lost.push(body);
  }

  #isStored(body: string): boolean {
    if (this.#found.has(body)) return true;
    if (!this.#listIds(body).some((id) => this.#stored.has(id))) return false;
    this.#found.add(body);
    return true;
  }

  /**
   * Returns the ids under which an event may be stored: in a ledger by its identity, in the quarantine by its content.
   */
  #listIds(body: string): readonly string[] {
    return [parseIdentity(body) ?? '', hashContentKey(this.findKey(body))].filter((id) => id !== '');
  }
}
