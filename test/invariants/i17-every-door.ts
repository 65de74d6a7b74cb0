import type { Evidence, Integrations, Invariant } from './evidence.ts';
import { findSurvivor, parseStates, textOf } from './reading.ts';

const source = 'people';
const about: readonly string[] = ['LeadActivityRecorded', 'LeadProfileUpdated'];

/** An event that a webhook became. */
interface FromWebhook {
  readonly leadId: string;
  readonly at: string;
  readonly id: string;
}

const listEvents = ({ arrivals }: Evidence): FromWebhook[] =>
  [...arrivals.values()].flatMap(({ body, fate }) => {
    if (fate === 'rejected') return [];
    const event = JSON.parse(body) as {
      source?: string;
      'detail-type': string;
      detail: { metadata: { occurredAt: string; eventId: string }; data: { leadId: string } };
    };
    if (event.source !== source || !about.includes(event['detail-type'])) return [];
    const { metadata, data } = event.detail;
    return [
      { leadId: data.leadId, at: metadata.occurredAt, id: `${metadata.occurredAt} ${metadata.eventId}` },
    ];
  });

const isForgetful = ({ payloads }: Integrations): boolean => payloads.some(({ kind }) => kind === 'erase');

/** Finds payloads that were about several leads: each repetition must be the same event of the same lead. */
const findSeveral = (evidence: Evidence, integrations: Integrations): string[] => {
  // Once a person is erased, nobody knows any more which lead it was.
  if (isForgetful(integrations)) return [];
  return [...Map.groupBy(listEvents(evidence), ({ id }) => id)].flatMap(([id, events]) => {
    const leads = [...new Set(events.map(({ leadId }) => leadId))];
    return leads.length > 1 ? [`the payload ${id} was about ${leads.join(' and ')}`] : [];
  });
};

/** Finds payloads that were answered with success, and became no event. */
const findMissing = (evidence: Evidence, { payloads }: Integrations): string[] => {
  const arrived = new Set(listEvents(evidence).map(({ at }) => at));
  return payloads
    .filter(({ kind, at }) => kind !== 'erase' && !arrived.has(at))
    .map(({ at }) => `the payload of ${at} became no event`);
};

/** Returns the payloads in groups that share identifiers, directly or through others. */
const groupPeople = ({ payloads }: Integrations): (readonly string[])[] => {
  const groups: { names: Set<string>; ats: string[] }[] = [];
  for (const { at, user, email, device } of payloads) {
    const names = [user, email, device].filter((name) => name !== undefined);
    const joined = groups.filter((group) => names.some((name) => group.names.has(name)));
    const union = {
      names: new Set([...names, ...joined.flatMap((group) => [...group.names])]),
      ats: [at, ...joined.flatMap((group) => group.ats)],
    };
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push(union);
  }
  return groups.map(({ ats }) => ats);
};

/** Finds people of whom several leads are left, though all of their identifiers met. */
const findApart = (evidence: Evidence, integrations: Integrations): string[] => {
  const { whenTwoMeet, sharedDevice } = integrations;
  if (whenTwoMeet === 'suggest' || sharedDevice || isForgetful(integrations)) return [];
  const byInstant = Map.groupBy(listEvents(evidence), ({ at }) => at);
  return groupPeople(integrations).flatMap((ats) => {
    const leads = ats.flatMap((at) => (byInstant.get(at) ?? []).map(({ leadId }) => leadId));
    const people = new Set(leads.map((leadId) => findSurvivor(evidence, leadId)));
    return people.size > 1 ? [`one person is left as the leads ${[...people].join(' and ')}`] : [];
  });
};

const listLinks = ({ identities }: Integrations) =>
  identities.filter((item) => textOf(item, 'pk').startsWith('ID#'));

/** Finds leads that two people became, though people are only suggested as a pair. */
const findTogether = (evidence: Evidence, integrations: Integrations): string[] => {
  if (integrations.whenTwoMeet === 'merge') return [];
  const emails = listLinks(integrations).filter((item) => textOf(item, 'type') === 'email');
  return [...Map.groupBy(emails, (item) => findSurvivor(evidence, textOf(item, 'leadId')))].flatMap(
    ([leadId, own]) => (own.length > 1 ? [`${leadId} has the addresses of ${own.length} people`] : []),
  );
};

/** Finds what is left of the identifiers of erased leads. */
const findForgotten = (evidence: Evidence, { identities }: Integrations): string[] =>
  identities.flatMap((item) => {
    // Only the lead's id is left, so that nothing is linked to it again.
    if (textOf(item, 'sk') === 'LEAD' && item.erased !== undefined) return [];
    const pk = textOf(item, 'pk');
    const leadId = pk.startsWith('LEAD#') ? pk.slice('LEAD#'.length) : textOf(item, 'leadId');
    const isErased = parseStates(evidence).get(leadId)?.status === 'erased';
    return isErased ? [`${pk} ${textOf(item, 'sk')} is left of ${leadId}, which is erased`] : [];
  });

export const everyDoor: Invariant = {
  id: 'I17',
  rule: 'a payload is the same event of the same lead however often and in whatever order it comes, and identifiers that meet belong to one lead',
  check: (evidence) => {
    const { integrations } = evidence;
    if (integrations === undefined) return [];
    return [
      ...findMissing(evidence, integrations),
      ...findSeveral(evidence, integrations),
      ...findApart(evidence, integrations),
      ...findTogether(evidence, integrations),
      ...findForgotten(evidence, integrations),
      ...integrations.unexplained,
    ];
  },
};
