import { payloadMappingSchema } from '../../../shared/mapping-document/index.ts';
import type { GenericSource } from '../../../shared/sources/index.ts';

const mapping = {
  source: 'people',
  identity: {
    identifiers: [
      { type: 'user', path: 'user' },
      { type: 'email', path: 'email' },
      { type: 'device', path: 'device', anonymous: true },
    ],
  },
  occurredAt: 'at',
  events: [
    {
      type: 'LeadActivityRecorded',
      when: { path: 'kind', equals: 'seen' },
      activity: { fixed: 'page_visited' },
    },
    { type: 'LeadProfileUpdated', when: { path: 'kind', equals: 'profile' }, attributes: { city: 'city' } },
    { type: 'LeadErasureRequested', when: { path: 'kind', equals: 'erase' } },
  ],
};

const parseMapping = (whenTwoMeet: 'suggest' | 'merge') => ({
  ...payloadMappingSchema.parse({ ...mapping, identity: { ...mapping.identity, whenTwoMeet } }),
  source: 'people',
});

/** The secret by which the source is known. */
export const peopleSecret = 'secret-of-people';

/** Returns the source of the payloads that the simulated tools send. */
export const buildPeopleSource = (whenTwoMeet: 'suggest' | 'merge'): GenericSource => ({
  kind: 'generic',
  name: 'people',
  owner: 'the simulation',
  secret: 'people',
  ignore: [],
  header: 'x-secret',
  recordId: 'id',
  payloadName: 'kind',
  mapping: parseMapping(whenTwoMeet),
});
