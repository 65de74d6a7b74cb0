import * as z from 'zod/mini';

export const funnelAnswer = z.looseObject({});
