import type { AcceptedEvent, BusEvent } from '../../events/index.ts';
import type { Said } from '../../shared/scoring/index.ts';
import type { UnreadTally } from './unread-tally.ts';

/** Lists what an event says about a lead by name: attributes, answers or an activity, without what it clears. */
export const listSaidInEvent = ({ type, data }: AcceptedEvent): Said[] => {
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

/** Adds what an event says about a lead to the tally of what no rule reads. */
export const tallyAccepted = ({ add }: UnreadTally, event: AcceptedEvent): void => {
  for (const said of listSaidInEvent(event)) add(said, Date.parse(event.metadata.occurredAt));
};

/** Adds what an event that is put on the bus, and was checked before, says about a lead. */
export const tallyEvent = (tally: UnreadTally, { source, 'detail-type': type, detail }: BusEvent): void =>
  // The contract of `type` checked the data; TypeScript can't relate the two.
  tallyAccepted(tally, { type, source, ...detail } as AcceptedEvent);
