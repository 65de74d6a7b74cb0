import * as z from 'zod/mini';
import { quarantinePath } from '../fields.ts';

export const discardedAnswer = z.strictObject({
  id: quarantinePath.shape.id,
  state: z.literal('discarded'),
});
