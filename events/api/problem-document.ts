import * as z from 'zod/mini';
import { problemTypePrefix } from './problem.ts';

/** A problem document. Source: RFC 9457. */
export const problemDocument = z.strictObject({
  type: z.string().check(z.startsWith(problemTypePrefix)),
  title: z.string(),
  status: z.int().check(z.gte(400), z.lte(599)),
  detail: z.string(),
  /** The id under which the request is found in the logs. */
  requestId: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), given: z.string(), allowed: z.string() })),
});
