import type { DecidedEvent } from '../../../shared/lead/index.ts';

/** Counts what the ledgers of leads would contain. */
export class FoldTally {
  /** The times at which time alone changed a lead, by the lead. */
  readonly #clockEvents = new Map<string, number>();
  readonly #withHistory = new Set<string>();
  #changes = 0;

  note(leadId: string, { event, decided }: DecidedEvent): void {
    if (decided.silent) {
      this.#withHistory.add(leadId);
      return;
    }
    this.#changes += decided.changes.length;
    if (event.type !== 'LeadClockAdvanced' || decided.changes.length === 0) return;
    // The change that settles a lead has another trigger: it was history that changed it.
    const isSettling = decided.changes.some((change) => 'trigger' in change && change.trigger === 'backfill');
    if (!isSettling) this.#clockEvents.set(leadId, (this.#clockEvents.get(leadId) ?? 0) + 1);
  }

  noteClosing(leadId: string, isErasure: boolean): void {
    this.#changes++;
    // Of an erased lead nothing is left to count.
    if (!isErasure) return;
    this.#clockEvents.delete(leadId);
    this.#withHistory.delete(leadId);
  }

  /** The changes that would be announced. */
  get changes(): number {
    return this.#changes;
  }

  get clockEvents(): number {
    return [...this.#clockEvents.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The leads of which an event was history. */
  get withHistory(): number {
    return this.#withHistory.size;
  }
}
