import type { Dice } from '../../../scripts/sample/dice.ts';
import { Deferred } from './deferred.ts';
import { createHotLeads } from './hot-leads.ts';
import { drawLeadGroup, type LeadGroup } from './lead-groups.ts';
import { leadOf, type Offer } from './offer.ts';
import { drawPoison } from './poison.ts';
import { buildRivals, canHaveRival } from './rivals.ts';
import { createSeededDice } from './scenarios.ts';

/** The number of lead groups whose events are mixed with each other. */
const atOnce = 200;

const share = { hot: 0.08, rush: 0.04, late: 0.1, again: 0.04, poison: 0.008, rival: 0.01 } as const;

/** The longest delay of late, repeated and rival events, counted in events. */
const longest = { late: 60, again: 400, rival: 20 } as const;

/**
 * The load: events of ever new leads, without end, and the same ones for each seed. Some come late, some twice, some
 * are broken; all events of one lead may come in a rush, and a few leads never come to rest.
 */
export class Load {
  readonly #seed: number;
  readonly #dice: Dice;
  readonly #hot: ReturnType<typeof createHotLeads>;
  readonly #groups: LeadGroup[] = [];
  readonly #deferred = new Deferred<Offer>();
  readonly #ready: Offer[] = [];
  #numbers = 0;
  #position = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#dice = createSeededDice(seed, 0);
    this.#hot = createHotLeads(seed);
  }

  next(): Offer {
    this.#position += 1;
    this.#ready.push(...this.#deferred.take(this.#position));
    for (;;) {
      const offer = this.#ready.shift();
      if (offer !== undefined) return this.#repeatable(offer);
      this.#advance();
    }
  }

  /** Returns everything deferred, and nothing new, so that whatever has begun is completed. */
  rest(): Offer[] {
    const rest = [...this.#ready.splice(0)];
    for (let at = this.#position + 1; at <= this.#deferred.last; at++) rest.push(...this.#deferred.take(at));
    return rest;
  }

  #advance(): void {
    const dice = this.#dice;
    if (dice.chance(share.hot)) this.#schedule(this.#hot.next(dice), true);
    else this.#sendNext(dice.int(0, atOnce - 1), dice.chance(share.rush));
  }

  #sendNext(slot: number, isRush: boolean): void {
    const group = this.#drawGroup(slot);
    const offers = group.offers.splice(0, isRush ? group.offers.length : 1);
    for (const offer of offers) this.#schedule(offer, group.isPlain);
  }

  #drawGroup(slot: number): LeadGroup {
    const known = this.#groups[slot];
    if (known !== undefined && known.offers.length > 0) return known;
    this.#numbers += 1;
    const next = drawLeadGroup(this.#seed, this.#numbers);
    this.#groups[slot] = next;
    return next;
  }

  #schedule(offer: Offer, isPlain: boolean): void {
    const dice = this.#dice;
    if (dice.chance(share.poison)) this.#ready.push(drawPoison(dice, leadOf(offer)));
    if (isPlain && canHaveRival(offer) && dice.chance(share.rival)) {
      const [first, second] = buildRivals(offer);
      this.#ready.push(first);
      this.#defer(second, longest.rival);
    } else if (dice.chance(share.late)) this.#defer(offer, longest.late);
    else this.#ready.push(offer);
  }

  #defer(offer: Offer, most: number): void {
    this.#deferred.add(this.#position + this.#dice.int(1, most), offer);
  }

  /** Sends some events again, as a producer does that isn't sure; a repeated event may be repeated once more. */
  #repeatable(offer: Offer): Offer {
    if (this.#dice.chance(share.again)) this.#defer(offer, longest.again);
    return offer;
  }
}
