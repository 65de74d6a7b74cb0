import * as z from 'zod/mini';

/** The person behind a lead, from the attributes that CRMs name so. What is not known is left out. */
export const person = {
  name: z.optional(z.string()),
  company: z.optional(z.string()),
  /** The person whose lead it is. */
  owner: z.optional(z.string()),
};
