import * as z from 'zod/mini';

export const replayedAnswer = z.looseObject({});
