import type { AcceptedEvent, FactValue } from '../../events/index.ts';
import { type Wording, wordingOf } from '../scoring/index.ts';

type AnswersRecorded = Extract<AcceptedEvent, { type: 'LeadAnswersRecorded' }>;
type NoSignal = 'LeadsMerged' | 'LeadErasureRequested' | 'LeadRescoreRequested';
type Told = Exclude<AcceptedEvent, { type: NoSignal | 'LeadAnswersRecorded' }>;

/** An answer as it is kept: how it was worded, in place of the words. */
export interface RecordedAnswer {
  readonly value: FactValue;
  readonly wording?: Wording;
}

export type AnswersSignal = Omit<AnswersRecorded, 'data'> & {
  readonly data: Omit<AnswersRecorded['data'], 'answers'> & {
    readonly answers: Readonly<Record<string, RecordedAnswer>>;
  };
};

/** An event that says something of one lead, as it is kept; merging, erasing and rescoring say nothing new of any. */
export type SignalEvent = Told | AnswersSignal;

const recorded = ({ value, text }: AnswersRecorded['data']['answers'][string]): RecordedAnswer =>
  text === undefined ? { value } : { value, wording: wordingOf(text) };

/**
 * The signal in an event. What a lead said in its own words is measured here and goes no further: neither facts nor
 * ledger hold it.
 *
 * @returns undefined for events that are no signals
 */
export const signalOf = (event: AcceptedEvent): SignalEvent | undefined => {
  switch (event.type) {
    case 'LeadsMerged':
    case 'LeadErasureRequested':
    case 'LeadRescoreRequested':
      return undefined;
    case 'LeadAnswersRecorded': {
      const { answers, ...rest } = event.data;
      const kept = Object.entries(answers).map(([question, answer]) => [question, recorded(answer)]);
      return { ...event, data: { ...rest, answers: Object.fromEntries(kept) } };
    }
    case 'LeadStageChanged':
    case 'LeadProfileUpdated':
    case 'LeadActivityRecorded':
    case 'LeadOutcomeRecorded':
    case 'HandoffAccepted':
    case 'HandoffRejected':
      return event;
    default:
      return event satisfies never;
  }
};
