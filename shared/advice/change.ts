import { evolve, type SignalEvent, withAnswers } from '../lead/index.ts';
import { type Candidate, type Facts, instantOf } from '../scoring/index.ts';

/** Something that a lead could say, or that could be learned of it: any value of the candidate's class. */
export interface Said extends Candidate {
  readonly kind: 'answer' | 'attribute';
  readonly name: string;
  /** Present if the value is the known one: to say it anew makes it newer. */
  readonly confirms?: true;
}

/** Something that a lead could do, so many times more. */
interface Done {
  readonly kind: 'activity';
  readonly name: string;
  readonly count: number;
}

export type Change = Said | Done;

/**
 * Returns the next instant after one, and after all that is known of a lead, so that what happens then counts as said
 * last.
 *
 * @param at milliseconds since 1970
 */
export const instantAfter = (facts: Facts, at: number = instantOf(facts)): string =>
  new Date(Math.max(at, instantOf(facts)) + 1).toISOString();

const source = 'what-if';
const leadId = 'what-if';

const buildMetadata = (at: string) => ({ eventId: 'what-if', occurredAt: at, schemaVersion: 1 }) as const;

const buildAnswer = ({ value, wording }: Candidate) =>
  wording === undefined ? { value } : { value, wording };

const buildWhatIfEvent = (change: Change, at: string): SignalEvent => {
  const metadata = buildMetadata(at);
  switch (change.kind) {
    case 'answer': {
      const answers = { [change.name]: buildAnswer(change) };
      return { type: 'LeadAnswersRecorded', source, metadata, data: { leadId, answers } };
    }
    case 'attribute': {
      const attributes = { [change.name]: change.value };
      return { type: 'LeadProfileUpdated', source, metadata, data: { leadId, attributes } };
    }
    case 'activity': {
      const { name, count } = change;
      return { type: 'LeadActivityRecorded', source, metadata, data: { leadId, activity: name, count } };
    }
    default:
      return change satisfies never;
  }
};

/** Returns the facts after a change, folded in as the event that would bring it. */
export const whatIf = (facts: Facts, change: Change, at: string): Facts =>
  evolve(facts, buildWhatIfEvent(change, at));

/**
 * Returns a function that gives the facts after an answer to a question, as `whatIf` does. Whatever is answered, all but
 * the answers is the same, so that it is folded in once.
 */
export const createWhatIfAnswered = (facts: Facts, at: string) => {
  const event = {
    type: 'LeadAnswersRecorded',
    source,
    metadata: buildMetadata(at),
    data: { leadId, answers: {} },
  } as const;
  const heard = evolve(facts, event);
  const time = Date.parse(at);
  return (question: string, candidate: Candidate): Facts => ({
    ...heard,
    answers: withAnswers(facts.answers, { [question]: buildAnswer(candidate) }, time),
  });
};
