import { showProblem } from '../../events/index.ts';
import type { Identifier, PayloadEvent, PayloadLead } from '../../shared/mapping/index.ts';
import { heading, indented, type Line } from '../output/line.ts';
import { formatCount } from '../text/format-count.ts';
import type { TriedOutcome, TriedPayload } from './try-payloads.ts';

const outcomes: Readonly<Record<TriedOutcome, string>> = {
  mapped: 'becomes events',
  unknown: 'unknown: no event of the mapping is for it; it is counted by its name',
  empty: 'empty: the mapping is for it, and it has no value of which an event is made; it is counted',
  unmapped: 'unmapped: a value is wrong; it is quarantined',
  own: 'own: Sluice has written this itself; it is passed over',
  ignored: 'ignored: its name is listed in "ignore"',
  unproven: 'unproven: the signature does not cover it; it is quarantined',
  'missing-changes': 'missing changes: the vendor reports that changes are lost; it is quarantined',
  malformed: 'malformed: it lacks what every payload of this kind has; it is quarantined',
};

const listIdentifiers = (identifiers: readonly Identifier[]): string =>
  identifiers
    .map(({ type, value, anonymous }) => `${type} ${value}${anonymous === true ? ' (anonymous)' : ''}`)
    .join(', ');

const describeLead = ({ leadId, identifiers }: PayloadLead): string =>
  leadId === undefined ? `lead with ${listIdentifiers(identifiers)}` : `lead ${leadId}`;

const describeMerged = ({ merged }: PayloadEvent): string => {
  if (merged === undefined) return '';
  const { leadId, identifiers = [] } = merged;
  return ` merged: ${leadId ?? listIdentifiers(identifiers)}`;
};

const describeEvent = (event: PayloadEvent): string => {
  const data = Object.keys(event.data).length === 0 ? '' : ` ${JSON.stringify(event.data)}`;
  return `${event.occurredAt} ${event.type}${data}${describeMerged(event)}`;
};

/** Returns what would become of a payload, in lines. */
const describePayload = (tried: TriedPayload): Line[] => [
  heading(tried.name),
  ...indented([
    outcomes[tried.outcome],
    ...(tried.lead === undefined ? [] : [describeLead(tried.lead)]),
    ...tried.events.map(describeEvent),
    ...tried.passedOver.map(({ event, path }) => `no ${event}: nothing is said at ${path}`),
    ...tried.problems.map(showProblem),
  ]),
];

/** Returns what would become of the payloads of a file, in lines. */
export const describeTried = (payloads: readonly TriedPayload[]): Line[] => {
  const events = payloads.reduce((sum, tried) => sum + tried.events.length, 0);
  return [
    ...payloads.flatMap(describePayload),
    `${formatCount(payloads.length, 'payload')}, ${formatCount(events, 'event')}`,
  ];
};
