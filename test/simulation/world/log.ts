import { contentKey, quarantineIdOf } from '../../invariants/content.ts';
import type { Arrival, Fate, Given, Worked, Written } from '../../invariants/evidence.ts';
import { identityOf } from '../../invariants/reading.ts';
import type { Change } from '../../support/memory-dynamodb/index.ts';
import { identityIn } from '../load/entry.ts';
import { isYearsAhead } from '../load/instants.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { Invocation } from '../services/functions.ts';

/**
 * Tells whether a message may end among the dead letters: hand-off takes no verdict of a clock that runs years ahead,
 * and nothing else tells sales that it was not noted.
 */
export const mayBeLeft = (place: string, body: string): boolean => place === 'hand-off' && isYearsAhead(body);

/** What happens in a run, as it happens, for the checks afterwards. */
export class Log {
  readonly arrivals = new Map<string, Arrival>();
  readonly writes: Written[] = [];
  readonly announced: DeliveredEvent[] = [];
  readonly worked: Worked[] = [];
  /** Leads that the product's own audit did not find sound. */
  readonly audited: string[] = [];
  /** Messages that were deleted before anybody kept their events. */
  readonly lost: string[] = [];
  readonly #kept = new Set<string>();
  /** Texts that were looked for and are kept. */
  readonly #found = new Set<string>();
  readonly #keys = new Map<string, string>();

  /** What a text says, whoever wrapped it. */
  keyOf(body: string): string {
    const key = this.#keys.get(body) ?? contentKey(body);
    this.#keys.set(body, key);
    return key;
  }

  arrive(body: string, fateOf: (key: string) => Fate): void {
    const key = this.keyOf(body);
    if (!this.arrivals.has(key)) this.arrivals.set(key, { body, key, fate: fateOf(key) });
  }

  write(change: Change, step: number): void {
    this.writes.push({ ...change, step });
    const { table, key, after } = change;
    if (table === 'quarantine' && key.sk === 'META') this.#kept.add(key.pk);
    if (after !== undefined && key.sk.startsWith('EVENT#')) this.#kept.add(identityOf(after));
  }

  work(invocation: Invocation, given: readonly Omit<Given, 'mayFail'>[]): void {
    const mayFail = (body: string) => mayBeLeft(invocation.functionName, body);
    this.worked.push({ ...invocation, given: given.map((one) => ({ ...one, mayFail: mayFail(one.body) })) });
  }

  /** @param others the messages that are left in the queue */
  workOff(body: string, others: () => readonly string[]): void {
    if (this.#isKept(body)) return;
    // Of two messages of one event the first to come is enough.
    const places = this.#placesOf(body);
    if (others().some((other) => this.#placesOf(other).some((place) => places.includes(place)))) return;
    this.lost.push(body);
  }

  #isKept(body: string): boolean {
    if (this.#found.has(body)) return true;
    if (!this.#placesOf(body).some((place) => this.#kept.has(place))) return false;
    this.#found.add(body);
    return true;
  }

  /** Where an event is kept: in a ledger by what makes it one, or in the quarantine by what it says. */
  #placesOf(body: string): readonly string[] {
    return [identityIn(body) ?? '', quarantineIdOf(this.keyOf(body))].filter((place) => place !== '');
  }
}
