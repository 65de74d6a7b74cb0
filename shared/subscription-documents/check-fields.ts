import { outboundContracts, type Problem, showValue } from '../../events/index.ts';
import type { Subscription } from '../deliveries/index.ts';
import { orMeant } from '../suggest/index.ts';

type Checked = Pick<Subscription, 'events' | 'fields'>;

/** Lists the fields of the data of announcements, each once. */
const listFields = (events: Checked['events']): string[] => [
  ...new Set(events.flatMap((type) => Object.keys(outboundContracts[type].data.shape))),
];

const findProblem = (field: string, known: readonly string[]): string | undefined => {
  if (field === 'attributes') return 'fields of data; attributes of the lead are named in "attributes"';
  if (known.includes(field)) return undefined;
  return orMeant('a field of the data of one of the events', field, known);
};

/** Finds fields that no announcement of a subscription has. */
export const checkFields = ({ events, fields = [] }: Checked): Problem[] => {
  const known = listFields(events);
  return fields.flatMap((field, place) => {
    const allowed = findProblem(field, known);
    return allowed === undefined ? [] : [{ path: `fields[${place}]`, given: showValue(field), allowed }];
  });
};
