import { type FactsDocument, isObject, parseInbound } from '../../events/index.ts';
import { evolve, type SignalEvent, toSignal } from '../lead/index.ts';
import { type Facts, instantOf, noFacts } from '../scoring/index.ts';

/** An event with the content of one entry of a facts document. */
interface FactEvent {
  readonly type: SignalEvent['type'];
  readonly data: object;
  /** The instant of the entry; undefined if it is that of the document. */
  readonly at?: string | undefined;
  /** @default 1 */
  readonly times?: number;
}

const listAttributes = ({ attributes = {} }: FactsDocument): FactEvent[] =>
  Object.entries(attributes).map(([name, value]) => ({
    type: 'LeadProfileUpdated',
    data: { attributes: { [name]: value } },
  }));

const listAnswers = ({ answers = {} }: FactsDocument): FactEvent[] =>
  Object.entries(answers).map(([name, given]) => {
    const { at, ...answer } = isObject(given) && 'value' in given ? given : { value: given };
    return { type: 'LeadAnswersRecorded', data: { answers: { [name]: answer } }, at };
  });

type Counted = NonNullable<FactsDocument['activities']>[string];

const toCounted = (given: Counted): Exclude<Counted, number> =>
  typeof given === 'number' ? { count: given } : given;

const listActivities = ({ activities = {} }: FactsDocument): FactEvent[] =>
  Object.entries(activities).map(([activity, given]) => {
    const { count, at } = toCounted(given);
    return { type: 'LeadActivityRecorded', data: { activity, count }, at };
  });

const listOutcomes = ({ outcomes = {} }: FactsDocument): FactEvent[] =>
  Object.entries(outcomes).map(([outcome, given]) => {
    const { count: times, at } = toCounted(given);
    return { type: 'LeadOutcomeRecorded', data: { outcome }, at, times };
  });

/**
 * Returns the signal of an entry, by the same steps as that of an event from a producer. Instants in the future are
 * allowed.
 */
const toFactSignal = ({ type, data }: FactEvent, at: string): SignalEvent => {
  const metadata = { eventId: 'tried', occurredAt: at, schemaVersion: 1 };
  const detail = { metadata, data: { leadId: 'tried', ...data } };
  const parsed = parseInbound(
    { source: 'sluice.try', 'detail-type': type, detail },
    Number.POSITIVE_INFINITY,
  );
  const signal = parsed.ok ? toSignal(parsed.event) : undefined;
  // The schema of the document allows in each entry what the contract of the event allows.
  if (signal === undefined) throw new Error(`an entry of the facts makes no ${type}`);
  return signal;
};

/**
 * Folds a facts document into facts, by the same steps as events of a lead. The stage comes last, so that no activity
 * promotes the lead away from it.
 *
 * @param now the instant of entries without one, if the document has none either; in milliseconds since 1970
 * @param before the facts that the document adds to. @default none
 */
export const buildFacts = (document: FactsDocument, now: number, before: Facts = noFacts): Facts => {
  const all = document.at ?? new Date(now).toISOString();
  const entries = [
    ...listAttributes(document),
    ...listAnswers(document),
    ...listActivities(document),
    ...listOutcomes(document),
  ];
  let folded = before;
  for (const entry of entries) {
    const signal = toFactSignal(entry, entry.at ?? all);
    for (let i = 0; i < (entry.times ?? 1); i++) folded = evolve(folded, signal);
  }
  const facts = { ...folded, seen: Math.max(folded.seen, Date.parse(all)) };
  if (document.stage === undefined) return facts;
  const after = new Date(facts.seen + 1).toISOString();
  return evolve(facts, toFactSignal({ type: 'LeadStageChanged', data: { stage: document.stage } }, after));
};

/** Returns the instant of facts from a document. A stage is stated a millisecond after all else. */
export const instantOfDocument = (facts: Facts): number => {
  const at = instantOf(facts);
  return facts.stated?.[1] === at ? at - 1 : at;
};
