import type { Load } from './settings.ts';

export interface Message {
  readonly lead: number;
  /** The time of arrival, in seconds. */
  readonly came: number;
}

/** The lead of the hot share of a burst. */
const hotLead = 0;

/** The number of other leads, large enough that two random events rarely have the same lead. */
const coldLeads = 1_000_000;

/** Draws the messages of a Poisson process with the rate of the load at each instant. */
export const drawArrivals = (load: Load, random: () => number): Message[] => {
  const { base, burst, burstFrom, burstFor, until, hotShare } = load;
  const messages: Message[] = [];
  const inBurst = (at: number): boolean => at >= burstFrom && at < burstFrom + burstFor;
  for (let at = 0; ; ) {
    const rate = base * (inBurst(at) ? burst : 1);
    const step = -Math.log(1 - random()) / rate;
    // A step that crosses the start or end of the burst is drawn again from there: the process has no memory.
    const edge = [burstFrom, burstFrom + burstFor].find((each) => at < each && at + step >= each);
    at = edge ?? at + step;
    if (at >= until) return messages;
    if (edge !== undefined) continue;
    const isHot = inBurst(at) && random() < hotShare;
    messages.push({ lead: isHot ? hotLead : 1 + Math.floor(random() * coldLeads), came: at });
  }
};
