import { buildEntry, listLeadIds } from '../load/history.ts';
import { iso } from '../load/instants.ts';
import { createNamedRandom, type Random } from '../random.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { Load } from './load.ts';
import { createProducer, type Producer } from './producer.ts';
import type { World } from './world.ts';

/** The longest time until a forgery, in milliseconds. */
const longestMs = 120_000;

/**
 * Somebody who wants leads erased that nobody has asked to erase. The forger may put messages into the queue of
 * erase-lead, and may merge leads, but may not request an erasure.
 */
export class Forger {
  readonly #world: World;
  readonly #load: Load;
  readonly #random: Random;
  readonly #producer: Producer;
  readonly #leadIds: readonly string[];
  #count = 0;

  constructor(world: World, load: Load) {
    this.#world = world;
    this.#load = load;
    this.#random = createNamedRandom(world.plan.seed, 'forger');
    this.#producer = createProducer(world, 'forger', this.#random.fork('producer'));
    this.#leadIds = listLeadIds(world.plan);
  }

  /** Starts to announce erasures that nobody has requested, or not yet. */
  begin(): void {
    for (let i = 0; i < this.#world.plan.forgeries; i++) this.#later(() => this.#announce());
  }

  /** Merges another lead with one that was erased, in either direction. */
  abuse({ detail: { data } }: DeliveredEvent): void {
    if (this.#count >= this.#world.plan.forgeries) return;
    const erased = String(data.leadId);
    const victim = this.#random.pick(this.#leadIds.filter((leadId) => leadId !== erased));
    const [leadId, mergedLeadId] = this.#random.chance(0.5) ? [erased, victim] : [victim, erased];
    const content = { type: 'LeadsMerged', data: { mergedLeadId } };
    const entry = buildEntry(content, leadId, `abuse-${++this.#count}`, iso(this.#world.scheduler.now));
    this.#load.expect({ content: entry, fate: 'either' });
    this.#later(() => void this.#producer.put([entry]));
  }

  #later(act: () => void): void {
    this.#world.scheduler.after(this.#random.between(0, longestMs), act);
  }

  #announce(): void {
    const { scheduler, queues } = this.#world;
    const leadId = this.#random.pick(this.#leadIds);
    const occurredAt = iso(scheduler.now);
    const entry = buildEntry({ type: 'LeadErased', data: {} }, leadId, 'forged', occurredAt);
    const metadata = { ...entry.detail.metadata, correlationId: 'forged', causationId: 'forged' };
    const position = { version: this.#random.between(1, 20), ordinal: 0 };
    const data = { leadId, ...position, action: { kind: 'none' }, actionChanged: true };
    const body = JSON.stringify({ ...entry, source: 'sluice', detail: { metadata, data } });
    scheduler.offer(
      () => `somebody announces to erase-lead that ${leadId} is erased`,
      () => queues.get('erase-lead')?.send(body),
    );
  }
}
