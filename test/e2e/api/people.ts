import type { Role } from '../../../events/api/index.ts';

/** A person who uses the API in the scenario. */
export interface Person {
  readonly role: Role;
  readonly subject: string;
  /** The queues whose hand-offs the person answers. */
  readonly queues: readonly string[];
}

export const people = {
  viewer: { role: 'viewer', subject: 'vera@example.com', queues: [] },
  /** Answers the hand-offs of the scenario. */
  seller: { role: 'seller', subject: 'sam@example.com', queues: ['sales'] },
  /** Answers hand-offs of another queue only. */
  otherSeller: { role: 'seller', subject: 'olga@example.com', queues: ['partners'] },
  admin: { role: 'admin', subject: 'ada@example.com', queues: [] },
} as const satisfies Readonly<Record<string, Person>>;

export type PersonName = keyof typeof people;
export const personNames = Object.keys(people) as PersonName[];
