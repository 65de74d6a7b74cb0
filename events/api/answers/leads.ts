import * as z from 'zod/mini';

export const leadsAnswer = z.looseObject({});
