import { expect } from 'vitest';
import { decide, type JudgedEvent, type LeadState } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';

/** Matches a change of this type that has these fields, among others. */
export const change = (type: string, fields: object = {}) => expect.objectContaining({ type, ...fields });

/**
 * Decides upon a lead that some events have happened to.
 *
 * @example
 * given(model, did('page_visited'))
 *   .when(did('demo_requested'))
 *   .thenAnnounces(change('LeadStageTransitioned', { to: 'mql' }));
 */
export const given = (model: ScoringModel, ...events: readonly JudgedEvent[]) => {
  const before = events.reduce<LeadState | undefined>(
    (lead, event) => decide(model, lead, event).state,
    undefined,
  );
  return {
    when: (event: JudgedEvent, by = model) => {
      const { decided, state } = decide(by, before, event);
      const decision = {
        state,
        /** Expects exactly these changes, in this order. */
        thenAnnounces: (...changes: readonly unknown[]) => {
          expect(decided.changes).toEqual(changes);
          return decision;
        },
        thenAnnouncesNothing: () => decision.thenAnnounces(),
        /** Expects these fields of the lead's standing and, if given, whether the action differs from the one before. */
        thenStands: (standing: object, actionChanged?: boolean) => {
          expect(decided.standing).toMatchObject(standing);
          if (actionChanged !== undefined) expect(decided.actionChanged).toBe(actionChanged);
          return decision;
        },
      };
      return decision;
    },
  };
};
