import { compileDocument, smallDocument } from './models.ts';

/**
 * Returns a model whose score falls by one a day after a demo was asked for, from 80: the lead is excellent for 5 days,
 * good for 25 and risky for 60. A lead that is good at least is handed off.
 */
export const fadingDocument = () => {
  const { dimensions, scorecards, ...document } = smallDocument();
  const demo = {
    id: 'demo',
    text: 'asked for a demo',
    when: { activity: 'demo_requested' },
    points: 80,
    decay: { linearDays: 80 },
  };
  const { interest, fit } = dimensions;
  return {
    ...document,
    id: 'fading',
    dimensions: { interest: { ...interest, criteria: [demo] }, fit },
    scorecards: Object.fromEntries(Object.keys(scorecards).map((stage) => [stage, { interest: 1 }])),
  };
};

export const fadingModel = () => compileDocument(fadingDocument());
