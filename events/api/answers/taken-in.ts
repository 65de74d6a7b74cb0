import * as z from 'zod/mini';
import { eventId, utcInstant } from '../../fields.ts';

/** The answer to a request that became an event: what follows happens once the event is recorded. */
export const takenInAnswer = z.strictObject({ eventId, occurredAt: utcInstant });
