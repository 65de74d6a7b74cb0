import * as z from 'zod';
import { unionBy } from './union-by.ts';

const days = z.int().min(1).max(365);

/** The schema of how points become fewer as the facts behind them grow old: an object of one of three shapes. */
export const decay = unionBy(
  {
    halfLifeDays: z.strictObject({
      halfLifeDays: days.meta({ description: 'half of the points are left after so many days' }),
    }),
    linearDays: z.strictObject({
      linearDays: days.meta({ description: 'the points fall evenly, to none after so many days' }),
    }),
    percent: z.strictObject({
      percent: z.number().positive().max(100).meta({ description: 'of the points are lost at a time' }),
      everyDays: days.meta({ description: 'the days from one loss to the next' }),
    }),
  },
  'an object with exactly one of halfLifeDays, linearDays, or percent and everyDays',
  { exclusive: true },
).meta({ description: 'how the points become fewer with the age of the facts; they never do if left out' });
export type Decay = z.infer<typeof decay>;
