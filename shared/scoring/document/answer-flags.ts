/** The judgements on how a lead answers. Apart from the schemas, so that the evaluator needs none of them. */
export const answerFlags = ['short', 'long', 'specific', 'contradictory'] as const;
export type AnswerFlag = (typeof answerFlags)[number];
