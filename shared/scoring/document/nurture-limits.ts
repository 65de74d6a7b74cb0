import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';

const hours = z.number().positive().max(8_760);

const trackLimits = z.strictObject({
  cooldownHours: hours.optional().meta({
    description: 'how long after a lead has left the track it may begin again; it waits until then',
  }),
  mostStarts: z.int().min(1).max(1_000).optional().meta({
    description: 'how often one lead may begin the track',
  }),
});

export const nurtureLimits = z
  .strictObject({
    tracks: z
      .record(nameSchema, trackLimits)
      .default({})
      .meta({ description: 'how soon and how often a track begins again, by its name' }),
    tierCooldownHours: hours.optional().meta({
      description:
        'how long after a track began at a tier none begins at that tier, and how long after a hand-off was requested at a tier none is requested at that tier',
    }),
  })
  .meta({ description: 'how soon and how often nurture tracks and hand-offs begin again' });
