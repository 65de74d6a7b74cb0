import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { dueIndex } from '../../../shared/keys/index.ts';

/** The items of the leads table that are due, as its index by due time would show them without any lag. */
export class DueItems {
  readonly #dueAt = new Map<string, number>();
  readonly #partitions = new Set<string>();

  /** Called after a change of what is due. */
  onChange: () => void = () => {};

  note({ table, key: { pk, sk }, after }: Change): void {
    if (table !== 'leads') return;
    const [dueKey, dueAt] = [after?.[dueIndex.partitionKey]?.S, after?.[dueIndex.sortKey]?.S];
    if (dueKey === undefined || dueAt === undefined) {
      this.#dueAt.delete(`${pk} ${sk}`);
      return;
    }
    this.#partitions.add(dueKey);
    this.#dueAt.set(`${pk} ${sk}`, Date.parse(dueAt));
    this.onChange();
  }

  /** Returns whether a partition of the index has ever had an item. */
  isEverDue = (dueKey: string): boolean => this.#partitions.has(dueKey);

  /** The first instant at which something is due, in milliseconds since 1970; infinite if nothing is. */
  get first(): number {
    return Math.min(...this.#dueAt.values());
  }
}
