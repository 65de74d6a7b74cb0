import * as z from 'zod/mini';

export const putEventsAnswer = z.looseObject({});
