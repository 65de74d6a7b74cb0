import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';

const trackLimits = z.strictObject({
  cooldownHours: z.number().min(0).max(8_760).optional().meta({
    description: 'how long after a lead has left the track it may begin again; it waits until then',
  }),
  mostStarts: z.int().min(1).max(1_000).optional().meta({
    description: 'how often one lead may begin the track',
  }),
});

export const nurtureLimits = z
  .strictObject({
    tracks: z.record(nameSchema, trackLimits).default({}),
    tierCooldownHours: z.number().min(0).max(8_760).optional().meta({
      description: 'how long after a hand-off or a track began at a tier nothing new begins at that tier',
    }),
  })
  .meta({ description: 'how soon and how often nurture tracks and hand-offs begin again' });
export type NurtureLimits = z.infer<typeof nurtureLimits>;
