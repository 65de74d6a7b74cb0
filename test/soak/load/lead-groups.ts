import type { Dice } from '../../../scripts/sample/dice.ts';
import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import type { Offer } from './offer.ts';
import { createSeededDice, drawScenario } from './scenarios.ts';

/** Leads whose events affect each other, with these events in the order of arrival. */
export interface LeadGroup {
  readonly offers: Offer[];
  /** Whether the events affect only the lead that they name, so that the fate of each is known beforehand. */
  readonly isPlain: boolean;
}

type Data = Readonly<Record<string, unknown>>;

const recorded = (entry: SampleEvent): Offer => ({ entry, fate: 'recorded' });

const crmEntry = (type: string, eventId: string, occurredAt: string, data: Data): SampleEvent => ({
  source: 'crm',
  'detail-type': type,
  time: `${occurredAt.slice(0, 19)}Z`,
  detail: { metadata: { eventId, occurredAt, schemaVersion: 1 }, data },
});

/** Mixes the events of several leads; those of each lead stay in order. */
const interleave = (dice: Dice, scenarios: readonly SampleEvent[][]): Offer[] => {
  const left = scenarios.map((scenario) => [...scenario]);
  const offers: Offer[] = [];
  for (let rest = left; rest.length > 0; rest = rest.filter((scenario) => scenario.length > 0)) {
    const next = dice.pick(rest).shift();
    if (next !== undefined) offers.push(recorded(next));
  }
  return offers;
};

const drawInstant = (dice: Dice, offers: readonly Offer[]): string =>
  String(dice.pick(offers).entry.detail.metadata.occurredAt);

const insert = (dice: Dice, offers: Offer[], offer: Offer): void =>
  void offers.splice(dice.int(0, offers.length), 0, offer);

const merging = (dice: Dice, offers: Offer[], leadId: string, mergedLeadId: string): Offer =>
  recorded(
    crmEntry('LeadsMerged', `merge-${dice.hex()}`, drawInstant(dice, offers), { leadId, mergedLeadId }),
  );

const erasing = (dice: Dice, offers: Offer[], leadId: string): Offer =>
  recorded(crmEntry('LeadErasureRequested', `erase-${dice.hex()}`, drawInstant(dice, offers), { leadId }));

type Twist = (dice: Dice, offers: Offer[], ids: readonly [string, string, string]) => void;

const merged: Twist = (dice, offers, [a, b]) => insert(dice, offers, merging(dice, offers, a, b));
const erased: Twist = (dice, offers, [a]) => insert(dice, offers, erasing(dice, offers, a));

const chained: Twist = (dice, offers, [a, b, c]) => {
  merged(dice, offers, [a, b, c]);
  insert(dice, offers, merging(dice, offers, b, c));
};

const mergedAndErased: Twist = (dice, offers, ids) => {
  merged(dice, offers, ids);
  erased(dice, offers, dice.chance(0.5) ? ids : [ids[1], ids[0], ids[2]]);
};

/** Merges each lead into the other: the request that comes second is refused. */
const inACircle: Twist = (dice, offers, [a, b]) => {
  const contested = { fate: 'either', contest: `circle ${a}` } as const;
  insert(dice, offers, { ...merging(dice, offers, a, b), ...contested });
  insert(dice, offers, { ...merging(dice, offers, b, a), ...contested });
};

/** The twists with their shares of a thousand groups. The other groups are plain. */
const twists: readonly (readonly [share: number, leads: number, twist: Twist])[] = [
  [25, 1, erased],
  [30, 2, merged],
  [10, 3, chained],
  [10, 2, mergedAndErased],
  [10, 2, inACircle],
];

const pickTwist = (dice: Dice): (typeof twists)[number] | undefined => {
  let left = dice.int(0, 999);
  return twists.find(([share]) => {
    left -= share;
    return left < 0;
  });
};

/** Returns the group with a number: the same one for each seed. */
export const drawLeadGroup = (seed: number, number: number): LeadGroup => {
  const dice = createSeededDice(seed, number);
  const ids = ['', 'b', 'c'].map((suffix) => `lead-${number}${suffix}`) as [string, string, string];
  const found = pickTwist(dice);
  const [, leads = 1, twist] = found ?? [];
  const offers = interleave(
    dice,
    ids.slice(0, leads).map((id) => drawScenario(dice, id)),
  );
  twist?.(dice, offers, ids);
  return { offers, isPlain: found === undefined };
};
