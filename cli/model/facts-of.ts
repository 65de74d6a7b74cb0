import { type Problem, parseInbound, type Stage, showProblem } from '../../events/index.ts';
import { evolve, type SignalEvent, signalOf } from '../../shared/lead/index.ts';
import { type Facts, noFacts } from '../../shared/scoring/index.ts';
import { type FactsDocument, invalidFacts } from './facts-document.ts';

/** An event that says what a facts document says, and where it says so. */
interface Saying {
  readonly type: SignalEvent['type'];
  readonly data: object;
  readonly at: string;
  /** What a path in the event's data is called in the document. */
  readonly path: string;
  /** Where the document says when. */
  readonly atPath: string;
}

/** Instants of a fact that has one of its own, and of one that shares the document's. */
const when = (own: string | undefined, all: string, path: string): Pick<Saying, 'at' | 'atPath'> =>
  own === undefined ? { at: all, atPath: 'at' } : { at: own, atPath: `${path}.at` };

const ofAttributes = ({ attributes }: FactsDocument, all: string): Saying[] =>
  Object.entries(attributes).map(([name, value]) => ({
    type: 'LeadProfileUpdated',
    data: { attributes: { [name]: value } },
    path: `attributes.${name}`,
    ...when(undefined, all, ''),
  }));

const ofAnswers = ({ answers }: FactsDocument, all: string): Saying[] =>
  Object.entries(answers).map(([name, { at, ...answer }]) => ({
    type: 'LeadAnswersRecorded',
    data: { answers: { [name]: answer } },
    path: `answers.${name}`,
    ...when(at, all, `answers.${name}`),
  }));

const ofActivities = ({ activities }: FactsDocument, all: string): Saying[] =>
  Object.entries(activities).map(([activity, { count, at }]) => ({
    type: 'LeadActivityRecorded',
    data: { activity, count },
    path: `activities.${activity}`,
    ...when(at, all, `activities.${activity}`),
  }));

const ofOutcomes = ({ outcomes }: FactsDocument, all: string): Saying[] =>
  Object.entries(outcomes).flatMap(([outcome, { count, at }]) =>
    Array.from(
      { length: count },
      (): Saying => ({
        type: 'LeadOutcomeRecorded',
        data: { outcome },
        path: `outcomes.${outcome}`,
        ...when(at, all, `outcomes.${outcome}`),
      }),
    ),
  );

/** The paths of problems as the document has them. */
const inDocument = ({ path, atPath }: Saying, problem: Problem): Problem => ({
  ...problem,
  path: problem.path === 'detail.metadata.occurredAt' ? atPath : path,
});

type Heard = { readonly event: SignalEvent } | { readonly problems: readonly Problem[] };

const statement = (stage: Stage, at: number): Saying => ({
  type: 'LeadStageChanged',
  data: { stage },
  at: new Date(at).toISOString(),
  path: 'stage',
  atPath: 'at',
});

/** Said as a producer would say it, so that what a model is tried with is what it would get. A try may look ahead. */
const hear = (saying: Saying): Heard => {
  const metadata = { eventId: 'tried', occurredAt: saying.at, schemaVersion: 1 };
  const detail = { metadata, data: { leadId: 'tried', ...saying.data } };
  const entry = { source: 'sluice.try', 'detail-type': saying.type, detail };
  const parsed = parseInbound(entry, Number.POSITIVE_INFINITY);
  if (!parsed.ok) {
    return { problems: parsed.rejection.problems.map((problem) => inDocument(saying, problem)) };
  }
  const event = signalOf(parsed.event);
  if (event === undefined) throw new Error(`${saying.type} is no signal`);
  return { event };
};

/**
 * Folds a facts document into facts, by the same steps as events of a lead. The stage that it gives is said after all
 * else, so that nothing promotes the lead away from it.
 *
 * @param now for what the document doesn't date, in milliseconds since 1970
 * @throws CliError with all that is wrong with the file
 */
export const factsOf = (document: FactsDocument, file: string, now: number): Facts => {
  const all = document.at ?? new Date(now).toISOString();
  const heard = [
    ...ofAttributes(document, all),
    ...ofAnswers(document, all),
    ...ofActivities(document, all),
    ...ofOutcomes(document, all),
  ].map(hear);
  const problems = new Set(
    heard.flatMap((each) => ('problems' in each ? each.problems.map(showProblem) : [])),
  );
  if (problems.size > 0) throw invalidFacts(file, [...problems]);
  const told = heard.flatMap((each) => ('event' in each ? [each.event] : [])).reduce(evolve, noFacts);
  const facts = { ...told, seen: Math.max(told.seen, Date.parse(all)) };
  const stated = document.stage === undefined ? undefined : hear(statement(document.stage, facts.seen + 1));
  return stated !== undefined && 'event' in stated ? evolve(facts, stated.event) : facts;
};
