import { type Problem, parseInbound, type Stage, showProblem } from '../../events/index.ts';
import { evolve, type SignalEvent, toSignal } from '../../shared/lead/index.ts';
import { type Facts, noFacts } from '../../shared/scoring/index.ts';
import { type FactsDocument, invalidFacts } from './facts-document.ts';

/** An event with the content of one entry of a facts document, and the entry's paths. */
interface FactEvent {
  readonly type: SignalEvent['type'];
  readonly data: object;
  readonly at: string;
  /** The path of the entry in the document. */
  readonly path: string;
  /** The path of the entry's instant in the document. */
  readonly atPath: string;
}

/** Returns the instant of an entry, its own or else the document's, and the path of it. */
const when = (own: string | undefined, all: string, path: string): Pick<FactEvent, 'at' | 'atPath'> =>
  own === undefined ? { at: all, atPath: 'at' } : { at: own, atPath: `${path}.at` };

const ofAttributes = ({ attributes }: FactsDocument, all: string): FactEvent[] =>
  Object.entries(attributes).map(([name, value]) => ({
    type: 'LeadProfileUpdated',
    data: { attributes: { [name]: value } },
    path: `attributes.${name}`,
    ...when(undefined, all, ''),
  }));

const ofAnswers = ({ answers }: FactsDocument, all: string): FactEvent[] =>
  Object.entries(answers).map(([name, { at, ...answer }]) => ({
    type: 'LeadAnswersRecorded',
    data: { answers: { [name]: answer } },
    path: `answers.${name}`,
    ...when(at, all, `answers.${name}`),
  }));

const ofActivities = ({ activities }: FactsDocument, all: string): FactEvent[] =>
  Object.entries(activities).map(([activity, { count, at }]) => ({
    type: 'LeadActivityRecorded',
    data: { activity, count },
    path: `activities.${activity}`,
    ...when(at, all, `activities.${activity}`),
  }));

const ofOutcomes = ({ outcomes }: FactsDocument, all: string): FactEvent[] =>
  Object.entries(outcomes).flatMap(([outcome, { count, at }]) =>
    Array.from(
      { length: count },
      (): FactEvent => ({
        type: 'LeadOutcomeRecorded',
        data: { outcome },
        path: `outcomes.${outcome}`,
        ...when(at, all, `outcomes.${outcome}`),
      }),
    ),
  );

/** Translates a problem's path in the event to the path in the document. */
const inDocument = ({ path, atPath }: FactEvent, problem: Problem): Problem => ({
  ...problem,
  path: problem.path === 'detail.metadata.occurredAt' ? atPath : path,
});

type Parsed = { readonly event: SignalEvent } | { readonly problems: readonly Problem[] };

const statement = (stage: Stage, at: number): FactEvent => ({
  type: 'LeadStageChanged',
  data: { stage },
  at: new Date(at).toISOString(),
  path: 'stage',
  atPath: 'at',
});

/**
 * Parses an event as it would come from a producer, so that the model is tried with facts as it would get them.
 * Instants in the future are allowed.
 */
const parseFact = (factEvent: FactEvent): Parsed => {
  const metadata = { eventId: 'tried', occurredAt: factEvent.at, schemaVersion: 1 };
  const detail = { metadata, data: { leadId: 'tried', ...factEvent.data } };
  const entry = { source: 'sluice.try', 'detail-type': factEvent.type, detail };
  const parsed = parseInbound(entry, Number.POSITIVE_INFINITY);
  if (!parsed.ok) {
    return { problems: parsed.rejection.problems.map((problem) => inDocument(factEvent, problem)) };
  }
  const event = toSignal(parsed.event);
  if (event === undefined) throw new Error(`${factEvent.type} is no signal`);
  return { event };
};

/**
 * Folds a facts document into facts, by the same steps as events of a lead. The stage comes last, so that no activity
 * promotes the lead away from it.
 *
 * @param now the instant of entries without one, if the document has none either; in milliseconds since 1970
 * @throws CliError with all problems of the file
 */
export const buildFacts = (document: FactsDocument, file: string, now: number): Facts => {
  const all = document.at ?? new Date(now).toISOString();
  const parsed = [
    ...ofAttributes(document, all),
    ...ofAnswers(document, all),
    ...ofActivities(document, all),
    ...ofOutcomes(document, all),
  ].map(parseFact);
  const problems = new Set(
    parsed.flatMap((each) => ('problems' in each ? each.problems.map(showProblem) : [])),
  );
  if (problems.size > 0) throw invalidFacts(file, [...problems]);
  const folded = parsed.flatMap((each) => ('event' in each ? [each.event] : [])).reduce(evolve, noFacts);
  const facts = { ...folded, seen: Math.max(folded.seen, Date.parse(all)) };
  const stated =
    document.stage === undefined ? undefined : parseFact(statement(document.stage, facts.seen + 1));
  return stated !== undefined && 'event' in stated ? evolve(facts, stated.event) : facts;
};
