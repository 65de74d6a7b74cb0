import * as z from 'zod/mini';

export const leadAnswer = z.looseObject({});
