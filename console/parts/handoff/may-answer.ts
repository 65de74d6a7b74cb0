import { foldOwner } from '../../../shared/people/index.ts';
import type { Person } from '../../session/person.ts';

/** The part of a hand-off by which it is known whose it is. */
export interface Owned {
  readonly queue?: string | undefined;
  /** The owner of its lead. */
  readonly owner?: string | undefined;
}

/** Returns whether a lead is a person's, by its name or by the id that the issuer gives it. */
const isOwner = (owner: string | undefined, { subject, id }: Person): boolean =>
  owner !== undefined && [subject, id].some((own) => foldOwner(own) === foldOwner(owner));

/** Returns whether a hand-off is a person's: it is in one of its queues, or its lead is that person's. */
export const isMine = ({ queue, owner }: Owned, person: Person | undefined): boolean =>
  person !== undefined && ((queue !== undefined && person.queues.includes(queue)) || isOwner(owner, person));

/** Returns whether the API takes a person's answer to a hand-off: sellers answer theirs, admins all. */
export const mayAnswer = (handoff: Owned, person: Person | undefined): boolean =>
  person?.role === 'admin' || (person?.role === 'seller' && isMine(handoff, person));
