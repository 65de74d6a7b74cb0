import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { compileDocument, readModelFile, smallDocument } from '../../support/models.ts';
import { fadingDocument, forgetfulDocument } from './timed-models.ts';

interface Changeable {
  version: string;
  tiers: Record<string, number>;
  policy: { rules: unknown[]; recycle: { track?: string } };
}

/** Returns a later version of a model, which judges the same leads differently and asks for other actions. */
const later = (document: unknown, version: string, tiers: Record<string, number>): unknown => {
  const next = structuredClone(document) as Changeable;
  return {
    ...next,
    version,
    tiers: { ...next.tiers, ...tiers },
    policy: { ...next.policy, recycle: { ...next.policy.recycle, track: `recycled-${version}` } },
  };
};

/** Returns a model that announces scores, and hand-offs with attributes of the lead. */
const announcing = (document: unknown, points: number): unknown => {
  const { policy, ...others } = document as Changeable;
  const handoffs = { attributes: ['city', 'seniority'] };
  return { ...others, policy: { ...policy, announceScore: { points }, handoffs } };
};

const documents: Readonly<Record<string, () => unknown>> = {
  'small 1': smallDocument,
  'small 2': () => announcing(later(smallDocument(), '2', { excellent: 70, good: 40, risky: 10 }), 3),
  'small 3': () => announcing(later(smallDocument(), '3', { excellent: 80, good: 70, risky: 45 }), 10),
  'fading 1': () => announcing(fadingDocument(), 5),
  'fading 2': () => announcing(later(fadingDocument(), '2', { excellent: 70, good: 40, risky: 10 }), 8),
  'fading 3': () => later(fadingDocument(), '3', { excellent: 80, good: 70, risky: 45 }),
  'forgetful 1': forgetfulDocument,
  'forgetful 2': () => announcing(later(forgetfulDocument(), '2', { excellent: 70, good: 40, risky: 10 }), 4),
  'forgetful 3': () => later(forgetfulDocument(), '3', { excellent: 80, good: 70, risky: 45 }),
  'success-ready 1': () => readModelFile('success-ready'),
  'success-ready 2': () => later(readModelFile('success-ready'), '2-b', { good: 40, risky: 20 }),
  'success-ready 3': () => later(readModelFile('success-ready'), '2-c', { excellent: 80, good: 60 }),
};

const compiled = new Map<string, ScoringModel>();

export const families = ['small', 'success-ready'] as const;
/** The families in which more changes by itself: points fade, deadlines pass, leads are forgotten. */
export const timedFamilies = ['fading', 'forgetful'] as const;
export type Family = (typeof families | typeof timedFamilies)[number];

/** Returns the model of a family with a number from 1 to 3. It is checked and compiled only once a process. */
export const modelNumbered = (family: Family, number: number): ScoringModel => {
  const name = `${family} ${number}`;
  const model = compiled.get(name) ?? compileDocument(documents[name]?.());
  compiled.set(name, model);
  return model;
};
