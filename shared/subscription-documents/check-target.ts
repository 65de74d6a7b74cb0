import { type OutboundType, type Problem, showValue } from '../../events/index.ts';
import type { SlackOptions, Subscription } from '../deliveries/index.ts';
import { isAboutLead } from '../deliveries/index.ts';

type Checked = Pick<Subscription, 'attributes' | 'events'>;

const findEventProblems = ({ events }: Checked, isAllowed: (type: OutboundType) => boolean): Problem[] =>
  events.flatMap((type, place) =>
    isAllowed(type)
      ? []
      : [{ path: `events[${place}]`, given: showValue(type), allowed: 'announcements about a lead' }],
  );

/** Finds attributes that a message is to show, although the subscription doesn't name them. */
const findNamingProblems = (
  { attributes }: Checked,
  { name = [], company }: Pick<SlackOptions, 'name' | 'company'>,
): Problem[] => {
  const allowed = `one of the subscription's attributes: ${attributes.join(', ') || 'there are none'}`;
  return [
    ...name.map((given, place) => ({ path: `target.name[${place}]`, given })),
    ...(company === undefined ? [] : [{ path: 'target.company', given: company }]),
  ].flatMap(({ path, given }) =>
    attributes.includes(given) ? [] : [{ path, given: showValue(given), allowed }],
  );
};

/** Finds what doesn't fit together in a subscription whose target is Slack. */
export const checkSlackTarget = (subscription: Checked, target: SlackOptions): Problem[] => [
  ...findEventProblems(subscription, isAboutLead),
  ...findNamingProblems(subscription, target),
];

/** Finds what doesn't fit together in a subscription whose target is HubSpot. */
export const checkHubspotTarget = (subscription: Checked): Problem[] =>
  findEventProblems(subscription, isAboutLead);
