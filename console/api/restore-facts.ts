import { dayMs } from '../../events/index.ts';
import type {
  Facts,
  OutcomeDetails,
  OverrideFact,
  StageStatement,
  VerdictFact,
  VerdictSource,
} from '../../shared/scoring/index.ts';
import type { Answer } from './call.ts';

/** The facts of a lead, as the API answers with them. */
export type KnownFacts = Answer<'getLead'>['facts'];

const mapValues = <T, U>(of: Readonly<Record<string, T>> | undefined, restore: (value: T) => U) =>
  Object.fromEntries(Object.entries(of ?? {}).map(([name, value]) => [name, restore(value)]));

type KnownAnswer = KnownFacts['answers'][string];

const restoreAnswer = ({ value, at, words, figures, earlier }: KnownAnswer): Facts['answers'][string] => {
  const wording = words === undefined ? undefined : ([words, figures ?? 0] as const);
  if (earlier === undefined)
    return wording === undefined ? [value, Date.parse(at)] : [value, Date.parse(at), wording];
  const before = earlier.map((one) => [one.value, Date.parse(one.at)] as const);
  return [value, Date.parse(at), wording ?? null, before as NonNullable<Facts['answers'][string][3]>];
};

type KnownActivity = KnownFacts['activities'][string];

const restoreActivity = ({ count, last, days }: KnownActivity): Facts['activities'][string] => [
  count,
  Date.parse(last),
  days.flatMap((one) => [Date.parse(one.day) / dayMs, one.count]),
];

/** Takes the instant out of a statement: in facts it is beside it. What came as JSON has no property that is undefined. */
const restoreDated = <T>({ at, ...said }: { readonly at: string }) => [said as T, Date.parse(at)] as const;

const restoreOverride = (override: NonNullable<KnownFacts['override']>) => {
  const { at, until, ...said } = override;
  return [{ ...said, until: Date.parse(until) } as OverrideFact, Date.parse(at)] as const;
};

/**
 * Returns what is known of a lead in the form that the pure core judges. The core then gives the same as the API did.
 *
 * @param asOf the instant as of which the lead was shown
 */
export const restoreFacts = (known: KnownFacts, asOf: string): Facts => {
  const { stated, dealStage, deals, verdicts, accepted, rejected, override } = known;
  return {
    seen: Date.parse(asOf),
    attributes: mapValues(known.attributes, ({ value, at }) => [value, Date.parse(at)] as const),
    answers: mapValues(known.answers, restoreAnswer),
    activities: mapValues(known.activities, restoreActivity),
    outcomes: mapValues(
      known.outcomes,
      ({ count, last, ...details }) => [count, Date.parse(last), details as OutcomeDetails] as const,
    ),
    ...(stated && { stated: restoreDated<StageStatement>(stated) }),
    ...(dealStage && { dealStage: restoreDated<StageStatement>(dealStage) }),
    ...(deals && { deals: mapValues(deals, ({ status, at }) => [status, Date.parse(at)] as const) }),
    ...(verdicts && { verdicts: mapValues(verdicts, restoreDated<VerdictFact[0]>) }),
    ...(accepted && { accepted: restoreDated<VerdictSource>(accepted) }),
    ...(rejected && { rejected: restoreDated<VerdictSource>(rejected) }),
    ...(override && { override: restoreOverride(override) }),
  };
};
