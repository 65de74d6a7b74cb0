/**
 * The seven parts of the situation slide, in the order in which it is filled. Apart from the schemas, so that the
 * evaluator needs none of them.
 */
export const slideParts = [
  'titleAndIndustry',
  'criticalBusinessIssue',
  'problemsAndReasons',
  'specificCapabilities',
  'delta',
  'criticalDate',
  'valueRealizationEvent',
] as const;
export type SlidePart = (typeof slideParts)[number];

export const slideStatuses = ['complete', 'partial', 'missing'] as const;
export type SlideStatus = (typeof slideStatuses)[number];
