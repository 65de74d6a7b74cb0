import type { Dice } from '../../../scripts/sample/dice.ts';
import { Deferred } from './deferred.ts';
import { type Family, familyOf } from './families.ts';
import { createHotLeads } from './hot-leads.ts';
import { leadOf, type Offer } from './offer.ts';
import { poisonOf } from './poison.ts';
import { canHaveRival, rivalsOf } from './rivals.ts';
import { diceOf } from './stories.ts';

/** Families that are talked about at the same time. */
const atOnce = 200;

const share = { hot: 0.08, rush: 0.04, late: 0.1, again: 0.04, poison: 0.008, rival: 0.01 } as const;

/** How much later an event comes that comes late, counted in events. */
const longest = { late: 60, again: 400, rival: 20 } as const;

/**
 * The load: events of ever new leads, without end, and the same ones for each seed. Some come late, some twice, some
 * are broken; all that comes of one lead may come in a rush, and a few leads never come to rest.
 */
export class Load {
  readonly #seed: number;
  readonly #dice: Dice;
  readonly #hot: ReturnType<typeof createHotLeads>;
  readonly #families: Family[] = [];
  readonly #deferred = new Deferred<Offer>();
  readonly #ready: Offer[] = [];
  #numbers = 0;
  #given = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#dice = diceOf(seed, 0);
    this.#hot = createHotLeads(seed);
  }

  next(): Offer {
    this.#given += 1;
    this.#ready.push(...this.#deferred.take(this.#given));
    for (;;) {
      const offer = this.#ready.shift();
      if (offer !== undefined) return this.#repeatable(offer);
      this.#happen();
    }
  }

  /** What was begun is told to its end: everything deferred, and nothing new. */
  rest(): Offer[] {
    const rest = [...this.#ready.splice(0)];
    for (let at = this.#given + 1; at <= this.#deferred.last; at++) rest.push(...this.#deferred.take(at));
    return rest;
  }

  #happen(): void {
    const dice = this.#dice;
    if (dice.chance(share.hot)) this.#give(this.#hot.next(dice), true);
    else this.#tell(dice.int(0, atOnce - 1), dice.chance(share.rush));
  }

  #tell(place: number, isRush: boolean): void {
    const family = this.#familyAt(place);
    const offers = family.offers.splice(0, isRush ? family.offers.length : 1);
    for (const offer of offers) this.#give(offer, family.isPlain);
  }

  #familyAt(place: number): Family {
    const known = this.#families[place];
    if (known !== undefined && known.offers.length > 0) return known;
    this.#numbers += 1;
    const begun = familyOf(this.#seed, this.#numbers);
    this.#families[place] = begun;
    return begun;
  }

  #give(offer: Offer, isPlain: boolean): void {
    const dice = this.#dice;
    if (dice.chance(share.poison)) this.#ready.push(poisonOf(dice, leadOf(offer)));
    if (isPlain && canHaveRival(offer) && dice.chance(share.rival)) {
      const [first, second] = rivalsOf(offer);
      this.#ready.push(first);
      this.#defer(second, longest.rival);
    } else if (dice.chance(share.late)) this.#defer(offer, longest.late);
    else this.#ready.push(offer);
  }

  #defer(offer: Offer, most: number): void {
    this.#deferred.add(this.#given + this.#dice.int(1, most), offer);
  }

  /** A producer that isn't sure sends again; what it sent again it may send a third time. */
  #repeatable(offer: Offer): Offer {
    if (this.#dice.chance(share.again)) this.#defer(offer, longest.again);
    return offer;
  }
}
