import * as z from 'zod/mini';

// HubSpot asks to treat every field of an answer as optional. One of another form counts as left out.

const optionalText = z.catch(z.optional(z.string()), undefined);
const texts = z.catch(z.array(z.string()), []);

const errorContext = z.catch(
  z.object({
    ids: z.catch(z.optional(texts), []),
    objectWriteTraceId: z.catch(z.optional(texts), []),
    propertyName: z.catch(z.optional(texts), []),
  }),
  {},
);

const itemError = z.object({
  category: optionalText,
  code: optionalText,
  context: z.optional(errorContext),
});
export type ItemError = z.infer<typeof itemError>;

const result = z.object({
  id: optionalText,
  objectWriteTraceId: optionalText,
  properties: z.catch(z.optional(z.record(z.string(), z.unknown())), {}),
});

const answerBody = z.object({
  category: optionalText,
  message: optionalText,
  policyName: optionalText,
  errors: z.catch(z.optional(z.array(itemError)), []),
  results: z.catch(z.optional(z.array(result)), []),
});
export type AnswerBody = z.infer<typeof answerBody>;

/** Reads the body of an answer of HubSpot; nothing of it if it isn't JSON, or was cut. */
export const readBody = (body: string): AnswerBody => {
  try {
    return z.catch(answerBody, {}).parse(JSON.parse(body));
  } catch {
    return {};
  }
};
