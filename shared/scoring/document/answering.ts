import * as z from 'zod';
import { condition } from './condition.ts';
import { id, sentence } from './fields.ts';

const words = z.int().min(1).max(10_000);

/** The rules by which answers to open questions are judged, and the answers that contradict each other. */
export const answering = z.strictObject({
  short: z
    .strictObject({ below: words })
    .optional()
    .meta({ description: 'an answer of fewer words is too short' }),
  long: z
    .strictObject({ from: words })
    .optional()
    .meta({ description: 'an answer of so many words is long' }),
  specific: z
    .strictObject({ words: words.default(1), figures: z.int().min(1).max(100).default(1) })
    .optional()
    .meta({ description: 'an answer of so many words, so many of them with figures, is specific' }),
  contradictions: z
    .array(z.strictObject({ id, text: sentence, when: condition }))
    .max(50)
    .default([])
    .meta({ description: 'answers to different questions that can’t both be so' }),
});
