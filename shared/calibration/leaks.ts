import { type Field, readField } from './columns/fields.ts';
import { readSources } from './columns/sources.ts';
import { computeAuc, computeAucError } from './figures/measure.ts';
import { computeMargins } from './fit/refine.ts';
import { computeBaseRate, type Sample } from './fit/strengths.ts';
import { planSources, weighPlan } from './fit/weigh.ts';
import type { FieldName, Leak, Row } from './types.ts';

const toPercent = (share: number): string => `${Math.round(share * 100)} %`;
const toAuc = (auc: number): string => auc.toFixed(2);

const isKnown = (row: Row, field: Field): boolean =>
  field.kind === 'activity'
    ? Object.hasOwn(row.facts.activities, field.name)
    : (readField(row, field) ?? null) !== null;

const nameOf = ({ kind, name }: Field): Leak['field'] => ({ kind, name });

interface Rates {
  readonly known: number;
  /** The shares of leads with the field that succeed, and of those without it. */
  readonly withIt: number;
  readonly without: number;
  readonly auc: number;
  readonly error: number;
}

const computeRates = (known: Uint8Array, { outcomes, indexes }: Sample): Rates => {
  let [n, wonWith, won] = [0, 0, 0];
  for (const i of indexes) {
    n += known[i] as number;
    won += outcomes[i] as number;
    wonWith += (known[i] as number) * (outcomes[i] as number);
  }
  const lost = indexes.length - won;
  const [ofWon, ofLost] = [wonWith / won, (n - wonWith) / lost];
  const auc = 0.5 + (ofWon - ofLost) / 2;
  return {
    known: n,
    withIt: n === 0 ? 0 : wonWith / n,
    without: n === indexes.length ? 0 : (won - wonWith) / (indexes.length - n),
    auc: Math.max(auc, 1 - auc),
    error: computeAucError(Math.max(auc, 1 - auc), won, lost),
  };
};

const knownNoted = 0.6;
const knownSuspected = 0.75;
/** A field that is known of nobody but those who succeed, or of nobody but those who don't, up to slips. */
const almost = 0.03;
const fewestKnown = 20;

/** Finds a field of which it says much that it is known at all: it may be filled in once the outcome is. */
const findKnown = (field: Field, known: Uint8Array, sample: Sample): Leak[] => {
  // To have done something is what an activity says.
  if (field.kind === 'activity') return [];
  const { known: count, withIt, without, auc, error } = computeRates(known, sample);
  if (count < fewestKnown || auc - 2 * error <= knownNoted) return [];
  const figures = `of leads that have ${field.kind} ${field.name}, ${toPercent(withIt)} succeed, of the others ${toPercent(without)}`;
  const isOutcome = withIt >= 1 - almost || (without >= 1 - almost && withIt <= almost) || withIt <= almost;
  if (isOutcome && Math.abs(withIt - without) > 0.5) {
    const text = `${figures}: it is known by the outcome, and left out`;
    return [{ field: nameOf(field), kind: 'known by the outcome', effect: 'left out', text }];
  }
  return auc - 2 * error >= knownSuspected
    ? [
        {
          field: nameOf(field),
          kind: 'known by the outcome',
          effect: 'suspected',
          text: `${figures}: it may be filled in once the outcome is known`,
        },
      ]
    : [
        {
          field: nameOf(field),
          kind: 'known by the outcome',
          effect: 'noted',
          text: `${figures}: look whether it is filled in once the outcome is known`,
        },
      ];
};

const aloneSuspected = 0.9;
const aloneOutcome = 0.99;

/** Finds a field that alone foretells outcomes too well: it may say the outcome itself, or follow from it. */
const findTooGood = (rows: readonly Row[], field: Field, sample: Sample): Leak[] => {
  const plans = planSources(readSources(rows, field), sample);
  if (plans.length === 0) return [];
  const outcomes = Uint8Array.from(sample.indexes, (i) => sample.outcomes[i] as number);
  const won = outcomes.reduce((sum, one) => sum + one, 0);
  const aucs = plans.map((plan) => {
    const weighed = [weighPlan(plan, sample)];
    const effects = { effects: weighed.map(({ evidence }) => evidence), constant: 0 };
    return computeAuc(computeMargins(weighed, effects, sample.indexes), outcomes);
  });
  const auc = Math.max(...aucs);
  const error = computeAucError(auc, won, outcomes.length - won);
  const text = `${field.kind} ${field.name} alone has an AUC of ${toAuc(auc)}`;
  if (auc - 2 * error > aloneOutcome) {
    return [
      {
        field: nameOf(field),
        kind: 'is the outcome',
        effect: 'left out',
        text: `${text}: it says the outcome itself, and is left out`,
      },
    ];
  }
  return auc - 2 * error > aloneSuspected
    ? [
        {
          field: nameOf(field),
          kind: 'too good',
          effect: 'suspected',
          text: `${text}: it may follow from the outcome`,
        },
      ]
    : [];
};

const effects = ['left out', 'suspected', 'noted'] as const satisfies readonly Leak['effect'][];

/** Returns the first leak of those with the strongest effect: one sentence a field is enough. */
const chooseStrongest = (leaks: readonly Leak[]): Leak[] =>
  leaks.toSorted((a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect)).slice(0, 1);

/**
 * Probes each field for leaks: what is only known once the outcome is would foretell it in these rows, and never again.
 *
 * @param sample the rows to probe, which have to hold both outcomes
 */
export const findLeaks = (rows: readonly Row[], fields: readonly Field[], sample: Sample): Leak[] => {
  return fields.flatMap((field) => {
    const known = Uint8Array.from(rows, (row) => (isKnown(row, field) ? 1 : 0));
    return chooseStrongest([...findKnown(field, known, sample), ...findTooGood(rows, field, sample)]);
  });
};

/** Returns the fields that leaks leave out. */
export const listLeftOut = (leaks: readonly Leak[]): FieldName[] =>
  leaks.filter(({ effect }) => effect === 'left out').map(({ field }) => field);

/** Returns whether leads of a sample both succeed and don't. */
export const hasBothOutcomes = (sample: Sample): boolean => {
  const rate = computeBaseRate(sample);
  return rate > 0 && rate < 1;
};
