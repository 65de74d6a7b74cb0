import * as z from 'zod/mini';

export const quarantineAnswer = z.looseObject({});
