import * as z from 'zod';
import { sluiceSource } from '../../events/index.ts';

/** The schema of the EventBridge `source` of the events of a mapping. */
export const eventSource = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,127}$/, {
    error: '1 to 128 characters of A-Z a-z 0-9 _ . / -, beginning with a letter or digit',
  })
  .refine((given) => given !== sluiceSource && !given.startsWith('aws.'), {
    error: `another source: "${sluiceSource}" and "aws.…" are not for producers`,
  });
