import * as z from 'zod/mini';

export const reportAnswer = z.looseObject({});
