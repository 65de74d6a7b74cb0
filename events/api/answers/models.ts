import * as z from 'zod/mini';

export const modelsAnswer = z.looseObject({});
