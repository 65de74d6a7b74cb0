import type { Load } from './settings.ts';

export interface Message {
  readonly lead: number;
  /** When it came, in seconds. */
  readonly came: number;
}

/** The one lead that the hot share of a burst is about. */
const hotLead = 0;

/** So many leads are spoken of at random that two events of one lead rarely meet. */
const coldLeads = 1_000_000;

/** Messages of a Poisson process whose rate is that of the load at each instant. */
export const arrivalsOf = (load: Load, random: () => number): Message[] => {
  const { base, burst, burstFrom, burstFor, until, hotShare } = load;
  const messages: Message[] = [];
  const inBurst = (at: number): boolean => at >= burstFrom && at < burstFrom + burstFor;
  for (let at = 0; ; ) {
    const rate = base * (inBurst(at) ? burst : 1);
    const step = -Math.log(1 - random()) / rate;
    // A step that crosses into the burst or out of it is taken anew from there: the process has no memory.
    const edge = [burstFrom, burstFrom + burstFor].find((each) => at < each && at + step >= each);
    at = edge ?? at + step;
    if (at >= until) return messages;
    if (edge !== undefined) continue;
    const isHot = inBurst(at) && random() < hotShare;
    messages.push({ lead: isHot ? hotLead : 1 + Math.floor(random() * coldLeads), came: at });
  }
};
