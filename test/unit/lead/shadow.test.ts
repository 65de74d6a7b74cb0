import { describe, expect, it } from 'vitest';
import { decide, judgeByShadow } from '../../../shared/lead/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument(smallDocument());
const attributes = { seniority: 'executive' };
const signal = buildSignal({ type: 'LeadProfileUpdated', data: { attributes }, id: 's-1' });
const { state } = decide(model, undefined, signal);
/** A model whose tiers begin a little above the score of the lead: only hysteresis keeps the lead in one. */
const tiers = { excellent: state.score + 4, good: state.score + 1, risky: 2, hysteresis: 1.5 };
const shadow = compileDocument({ ...smallDocument(), version: 'shadow', tiers });
const by = (modelVersion: string) => {
  const { stage, score, action } = state;
  return { model: modelVersion, stage, score, action, tier: 'good' as const };
};

describe('the standing by the shadow model', () => {
  it('goes on from the tier that the shadow gave before', () => {
    const before = { ...state, tier: 'none' as const, shadow: by(shadow.version) };
    expect(judgeByShadow(shadow, before, state).tier).toBe('good');
  });

  it('begins with the tier by the active model, also while a person overrides it', () => {
    const before = { ...state, tier: 'none' as const, shadow: by('another@1') };
    expect(judgeByShadow(shadow, before, state).tier).toBe('risky');
    const overridden = { ...state, tier: 'good' as const, overridden: { tier: 'none' as const } };
    expect(judgeByShadow(shadow, overridden, state).tier).toBe('risky');
    expect(judgeByShadow(shadow, { ...state, tier: 'good' }, state).tier).toBe('good');
  });
});
