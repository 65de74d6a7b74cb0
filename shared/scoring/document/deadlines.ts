import * as z from 'zod';
import { nameSchema, weekdays } from '../../../events/index.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day such as 09:00' });

/** The working time in which the hours of deadlines count. `checkModel` checks the zone and the dates. */
const calendar = z
  .strictObject({
    zone: z.string().min(1).max(60).meta({ description: 'a time zone such as Europe/Berlin' }),
    days: z.array(z.enum(weekdays)).min(1).max(7).meta({ description: 'the working days' }),
    open: timeOfDay.meta({ description: 'when working time begins, in that zone' }),
    close: timeOfDay.meta({ description: 'when working time ends, later on the same day' }),
    holidays: z.array(z.iso.date()).max(200).default([]).meta({ description: 'dates such as 2026-12-25' }),
  })
  .meta({ description: 'the working time in which due hours count; all hours if left out' });
export type Calendar = z.infer<typeof calendar>;

const hours = z.number().positive().max(8_760);

/** A step that follows when a deadline passes: the steps are taken one after the other. */
const expiryStep = z.union(
  [
    z.strictObject({
      remindHours: hours.meta({ description: 'reminds the queue, with so many hours more' }),
    }),
    z.strictObject({
      queue: nameSchema.check(z.describe('passes the hand-off to this queue')),
      dueHours: hours.meta({ description: 'the hours that this queue has' }),
    }),
    z.strictObject({
      escalateTo: nameSchema.check(z.describe('escalates to this person or team; nothing follows')),
    }),
    z.strictObject({
      recycle: z.literal(true).meta({ description: 'gives the lead back to nurture; nothing follows' }),
    }),
  ],
  { error: 'an object with one of remindHours, queue and dueHours, escalateTo, recycle' },
);
export type ExpiryStepDocument = z.infer<typeof expiryStep>;

const activities = z.array(nameSchema).min(1).max(20);

export const deadlines = z
  .strictObject({
    calendar: calendar.optional(),
    // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
    then: z
      .record(nameSchema, z.array(expiryStep).min(1).max(10))
      .default({})
      .meta({ description: 'what follows, by the queue of the hand-off, when its deadlines pass' }),
    resetBy: activities.optional().meta({ description: 'activities after which the deadline begins anew' }),
    pausedBy: activities.optional().meta({ description: 'activities after which the deadline stands still' }),
    resumedBy: activities.optional().meta({ description: 'activities after which it goes on' }),
  })
  .meta({ description: 'the deadlines of hand-offs, and what follows when they pass' });
export type Deadlines = z.infer<typeof deadlines>;
