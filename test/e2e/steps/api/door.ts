import type { Sender } from '../../api/api-client.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';

/** A door of the API, and who comes through it. */
export interface Door {
  readonly name: 'people' | 'services';
  readonly viewer: Sender;
  readonly seller: Sender;
  readonly admin: Sender;
  /** The actor that requests name. A person's is the person of its token. */
  readonly actor: { readonly actor?: string };
}

export const doorForPeople: Door = {
  name: 'people',
  viewer: 'viewer',
  seller: 'seller',
  admin: 'admin',
  actor: {},
};

export const doorForServices: Door = {
  name: 'services',
  viewer: 'service',
  seller: 'service',
  admin: 'service',
  actor: { actor: 'sales-9' },
};

/** Returns the reason for which people can't use the API at a target. */
export const whyNoPeople: NonNullable<Step['skip']> = ({ api }) =>
  api.issueToken === undefined ? 'no tokens of people were given (--tokens)' : undefined;

/** Returns why a step of a door is skipped. */
export const skipAt = ({ name }: Door): Pick<Step, 'skip'> =>
  name === 'people' ? { skip: whyNoPeople } : {};

/**
 * Returns the id of a lead that came by a door. It doesn't begin like those of the other leads: its events are of the
 * present, so that its announcements have other ids in each run.
 */
export const leadOf = ({ run }: Session, { name }: Door, lead: string): string => `${run}.${name}-${lead}`;
