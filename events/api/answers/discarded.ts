import * as z from 'zod/mini';

export const discardedAnswer = z.looseObject({});
