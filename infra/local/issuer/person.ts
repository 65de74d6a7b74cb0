import * as z from 'zod';
import { queuesClaim, type Role, roles, scopeOf } from '../../../events/api/index.ts';
import { nameSchema } from '../../../events/index.ts';

/** A person whom the issuer of this machine knows: whoever somebody says they are. */
export interface LocalPerson {
  readonly role: Role;
  readonly subject: string;
  /** The queues whose hand-offs a seller answers. */
  readonly queues: readonly string[];
}

/** The fields of a person, as a request gives them. */
export const personFields = {
  role: z.enum(roles).default('viewer'),
  subject: z.string().min(1).max(128).default('jane@example.com'),
  queues: z
    .array(z.string().refine((text) => nameSchema.safeParse(text).success))
    .max(100)
    .default([]),
};

/** Returns the claims by which a token says what a person may do. */
export const claimsOf = ({ role, queues }: LocalPerson): Readonly<Record<string, unknown>> => ({
  scope: scopeOf(role),
  ...(queues.length > 0 && { [queuesClaim]: queues }),
});
