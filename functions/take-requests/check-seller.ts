import { showValue } from '../../events/index.ts';
import { ApiProblem, type Caller } from '../../shared/api/index.ts';
import { foldOwner, readOwner } from '../../shared/people/index.ts';
import type { FoundLead } from './find-lead.ts';

type Person = Extract<Caller, { kind: 'person' }>;

/** Returns whether a caller is limited to its own leads and queues. The policies of services name their routes instead. */
export const isLimited = (caller: Caller): caller is Person =>
  caller.kind === 'person' && !caller.roles.includes('admin');

/**
 * Returns whether a person owns a lead, by its name or the id that the issuer gives it, as `owner` of the list of leads
 * finds it. A lead with several owners has none here: whoever is one of them needs a queue.
 */
export const isOwner = ({ name, subject }: Person, lead: FoundLead | undefined): boolean => {
  if (lead?.status !== 'open') return false;
  const owner = readOwner(lead.facts.attributes);
  return owner !== undefined && [name, subject].some((own) => foldOwner(own) === foldOwner(owner));
};

/** Returns the problem of a person who has neither a queue that is needed nor owns the lead. */
export const notTheirs = ({ queues }: Person, allowed: string): ApiProblem =>
  new ApiProblem('forbidden', "neither the lead nor its hand-off is the caller's", [
    {
      path: 'authorization',
      given: queues.length === 0 ? 'no queue' : `queues ${queues.map(showValue).join(', ')}`,
      allowed,
    },
  ]);
