import * as z from 'zod/mini';

export const timelineAnswer = z.looseObject({});
