import * as z from 'zod/mini';

export const handoffsAnswer = z.looseObject({});
