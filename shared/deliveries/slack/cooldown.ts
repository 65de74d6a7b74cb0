import { hourMs } from '../../../events/index.ts';
import type { AttemptResult, TargetMemory, TargetNote } from '../target.ts';
import { findTopic } from './find-topic.ts';
import type { NewsDelivery } from './lead-message.ts';

const defaultHours = 24;

/** Keeps a lead from being posted for the same reason again and again. */
export interface Cooldown {
  /** Returns the result of a delivery that isn't to be posted; undefined if it is. */
  readonly check: (delivery: NewsDelivery) => Promise<AttemptResult | undefined>;
  readonly start: (delivery: NewsDelivery) => Promise<void>;
}

const noteOf = ({ delivery: { leadId }, news }: NewsDelivery): TargetNote | undefined => {
  const topic = findTopic(news);
  return topic === undefined ? undefined : { leadId, about: `cooldown:${topic}` };
};

export const createCooldown = (memory: TargetMemory, hours = defaultHours): Cooldown => ({
  check: async (delivery) => {
    const note = hours === 0 ? undefined : noteOf(delivery);
    const posted = note && (await memory.read(note));
    if (posted === undefined) return undefined;
    // The sender went away between the post and the note of its result.
    if (posted === delivery.delivery.eventId) return { kind: 'delivered' };
    return { kind: 'skipped', reason: 'cooldown' };
  },
  start: async (delivery) => {
    const note = hours === 0 ? undefined : noteOf(delivery);
    if (note !== undefined) await memory.write(note, delivery.delivery.eventId, hours * hourMs);
  },
});
