import type { Item } from '../../shared/dynamodb/index.ts';
import type { Evidence, Integrations } from './evidence.ts';
import { findSurvivor, textOf } from './reading.ts';

type Plant = (evidence: Evidence) => Evidence | undefined;

/** Changes the results of webhooks and deliveries; undefined if there is nothing to break. */
const inIntegrations =
  (change: (found: Integrations, evidence: Evidence) => Partial<Integrations> | undefined): Plant =>
  (evidence) => {
    const { integrations } = evidence;
    const changed = integrations && change(integrations, evidence);
    return changed && { ...evidence, integrations: { ...integrations, ...changed } };
  };

const payloadBody = '"source":"people"';

/** Changes the first event that a webhook became; undefined if there is none. */
const inFirstArrival =
  (change: (body: string) => readonly string[]): Plant =>
  (evidence) => {
    const found = [...evidence.arrivals].find(
      ([, { body }]) => body.includes(payloadBody) && body.includes('"LeadActivityRecorded"'),
    );
    if (found === undefined || evidence.integrations?.payloads.some(({ kind }) => kind === 'erase'))
      return undefined;
    const [key, arrival] = found;
    const arrivals = new Map(evidence.arrivals);
    arrivals.delete(key);
    for (const [index, body] of change(arrival.body).entries())
      arrivals.set(`${key} ${index}`, { ...arrival, body });
    return { ...evidence, arrivals };
  };

/** Links a second address to the lead of the first one. */
const linkTwice = ({ identities, whenTwoMeet }: Integrations, evidence: Evidence) => {
  const emails = identities.filter((item) => textOf(item, 'type') === 'email' && item.leadId !== undefined);
  const [first] = emails;
  const other = emails.find(
    (item) =>
      findSurvivor(evidence, textOf(item, 'leadId')) !== findSurvivor(evidence, textOf(first, 'leadId')),
  );
  if (whenTwoMeet === 'merge' || first?.leadId === undefined || other === undefined) return undefined;
  const moved: Item = { ...other, leadId: first.leadId };
  return { identities: identities.map((item) => (item === other ? moved : item)) };
};

/** Leaves an identifier of an erased lead. */
const leaveIdentifier = ({ identities }: Integrations, { leads }: Evidence) => {
  const erased = leads.find((item) => textOf(item, 'sk') === 'STATE' && textOf(item, 'status') === 'erased');
  if (erased?.pk === undefined) return undefined;
  return { identities: [...identities, { pk: erased.pk, sk: { S: 'ID#left' } }] };
};

/** Changes the state of the first delivery that was delivered. */
const changeState = (state: string) =>
  inIntegrations(({ deliveries }) => {
    const found = deliveries.find((item) => textOf(item, 'state') === 'delivered');
    return (
      found && {
        deliveries: deliveries.map((item) => (item === found ? { ...item, state: { S: state } } : item)),
      }
    );
  });

/** The faults that the checks of webhooks, identity and deliveries must find, with the findings. */
export const integrationFaults: readonly (readonly [string, Plant])[] = [
  ['I17: the payload of .* became no event', inFirstArrival(() => [])],
  [
    'I17: the payload .* was about .* and l-1',
    inFirstArrival((body) => [body, body.replace(/"leadId":"[^"]+"/, '"leadId":"l-1"')]),
  ],
  ['I17: .* has the addresses of 2 people', inIntegrations(linkTwice)],
  ['I17: .* ID#left is left of', inIntegrations(leaveIdentifier)],
  ['I17: w-0 was answered 500', inIntegrations(() => ({ unexplained: ['w-0 was answered 500'] }))],
  ['I18: .* still waits for the target', changeState('waiting')],
  [
    'I18: .* was never planned',
    inIntegrations(({ deliveries }) => (deliveries.length === 0 ? undefined : { deliveries: [] })),
  ],
  [
    "I18: .* is said to be delivered, but .* doesn't have it",
    inIntegrations(({ received, deliveries }) =>
      received.length === 0 || !deliveries.some((item) => textOf(item, 'state') === 'delivered')
        ? undefined
        : { received: [] },
    ),
  ],
  [
    "I18: .* is said to be delivered, but .* doesn't have it",
    inIntegrations(({ received, deliveries }) =>
      received.length === 0 || !deliveries.some((item) => textOf(item, 'state') === 'delivered')
        ? undefined
        : { received: received.map((one) => ({ ...one, url: 'https://another.example.com/hook' })) },
    ),
  ],
  [
    'I18: .* was told of .* after',
    inIntegrations(({ received }) => {
      const [first] = received;
      const later = first && { ...first, body: first.body.replace(/"version":\d+/, '"version":999999') };
      return later && { received: [later, ...received] };
    }),
  ],
];
