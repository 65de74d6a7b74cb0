import type { AcceptedEvent } from '../../events/index.ts';
import type { Said } from '../../shared/scoring/index.ts';

type TypeAndDataOf<Event> = Event extends AcceptedEvent ? Pick<Event, 'type' | 'data'> : never;

/** The type of an event with the data that its contract asks for. */
export type TypeAndData = TypeAndDataOf<AcceptedEvent>;

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
