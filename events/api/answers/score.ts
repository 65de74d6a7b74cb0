import * as z from 'zod/mini';

export const scoreAnswer = z.looseObject({});
