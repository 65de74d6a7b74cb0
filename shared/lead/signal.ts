import type { AcceptedEvent, FactValue } from '../../events/index.ts';
import { isBlank, measureWording, type Wording } from '../scoring/index.ts';

type AnswersRecorded = Extract<AcceptedEvent, { type: 'LeadAnswersRecorded' }>;
type NoSignal = 'LeadsMerged' | 'LeadErasureRequested' | 'LeadRescoreRequested';
type OtherSignal = Exclude<AcceptedEvent, { type: NoSignal | 'LeadAnswersRecorded' }>;

/** An answer as it is recorded, with the measure of its wording in place of the words. */
interface RecordedAnswer {
  readonly value: FactValue;
  readonly wording?: Wording;
}

export type AnswersSignal = Omit<AnswersRecorded, 'data'> & {
  readonly data: Omit<AnswersRecorded['data'], 'answers'> & {
    readonly answers: Readonly<Record<string, RecordedAnswer>>;
  };
};

/** An event with new facts about one lead, as it is recorded. Merging, erasing and rescoring have none. */
export type SignalEvent = OtherSignal | AnswersSignal;

/** Returns an answer as it is recorded. A text of blanks has no wording: nothing was said. */
const recorded = ({ value, text }: AnswersRecorded['data']['answers'][string]): RecordedAnswer =>
  text === undefined || isBlank(text) ? { value } : { value, wording: measureWording(text) };

/**
 * Returns the signal in an event. A lead's own words are measured here and go no further: neither facts nor ledger
 * contain them.
 *
 * @returns undefined for events that are no signals
 */
export const toSignal = (event: AcceptedEvent): SignalEvent | undefined => {
  switch (event.type) {
    case 'LeadsMerged':
    case 'LeadErasureRequested':
    case 'LeadRescoreRequested':
      return undefined;
    case 'LeadAnswersRecorded': {
      const { answers, ...rest } = event.data;
      const measured = Object.entries(answers).map(([question, answer]) => [question, recorded(answer)]);
      return { ...event, data: { ...rest, answers: Object.fromEntries(measured) } };
    }
    case 'LeadStageChanged':
    case 'LeadProfileUpdated':
    case 'LeadActivityRecorded':
    case 'LeadOutcomeRecorded':
    case 'HandoffAccepted':
    case 'HandoffRejected':
    case 'LeadIdentified':
    case 'LeadOverridden':
    case 'LeadOverrideLifted':
      return event;
    default:
      return event satisfies never;
  }
};
