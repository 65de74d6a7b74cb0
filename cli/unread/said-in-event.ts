import type { AcceptedEvent, BusEvent } from '../../events/index.ts';
import type { Said } from '../../shared/scoring/index.ts';
import type { UnreadTally } from './unread-tally.ts';

type TypeAndDataOf<Event> = Event extends AcceptedEvent ? Pick<Event, 'type' | 'data'> : never;

/** The type of an event with the data that its contract asks for. */
type TypeAndData = TypeAndDataOf<AcceptedEvent>;

/** Lists what an event says about a lead by name: attributes, answers or an activity, without what it clears. */
export const listSaidInEvent = ({ type, data }: TypeAndData): Said[] => {
  switch (type) {
    case 'LeadProfileUpdated':
      return Object.entries(data.attributes).flatMap(([name, value]): Said[] =>
        value === null ? [] : [{ bag: 'attributes', name, value }],
      );
    case 'LeadAnswersRecorded':
      return Object.entries(data.answers).flatMap(([name, { value }]): Said[] =>
        value === null ? [] : [{ bag: 'answers', name, value }],
      );
    case 'LeadActivityRecorded':
      return [{ bag: 'activities', name: data.activity }];
    default:
      return [];
  }
};

/** Adds what an event that was checked says about a lead to the tally of what no rule reads. */
export const tallyEvent = ({ add }: UnreadTally, { 'detail-type': type, detail }: BusEvent): void => {
  // The contract of `type` checked the data before; TypeScript can't relate the two.
  const event = { type, data: detail.data } as TypeAndData;
  for (const said of listSaidInEvent(event)) add(said, Date.parse(detail.metadata.occurredAt));
};
