import type { ActivationActions } from '../../events/index.ts';
import { type Author, type ModelHistoryEntry, type ModelPointer, RegistryError } from './registry.ts';

/** A change of the pointer, with its entry of the history. */
export interface PlannedChange {
  /** The pointer as it was read; undefined if there was none. */
  readonly before: ModelPointer | undefined;
  readonly after: ModelPointer;
  readonly entry: ModelHistoryEntry;
}

/** A change that makes a model the active one. */
export interface PlannedActivation extends PlannedChange {
  readonly after: ActivePointer;
}

/** A pointer at an active model. */
export type ActivePointer = ModelPointer &
  Required<Pick<ModelPointer, 'active' | 'activeRevision' | 'activatedAt'>>;

/** Returns whether a pointer is at an active model. */
export const isActive = (pointer: ModelPointer | undefined): pointer is ActivePointer =>
  pointer?.active !== undefined;

/** The occasion of a change: its author, its instant, and the pointer as it was read. */
export interface Occasion {
  readonly before: ModelPointer | undefined;
  readonly author: Author;
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** The most models that a pointer remembers for rollbacks. */
const mostEarlier = 50;

const plan = (
  { before, author, at }: Occasion,
  entry: Omit<ModelHistoryEntry, 'revision' | 'at' | keyof Author>,
  change: Partial<ModelPointer> = {},
): PlannedChange => {
  const revision = (before?.revision ?? 0) + 1;
  return {
    before,
    after: { earlier: [], ...before, ...change, revision },
    entry: { revision, ...entry, ...author, at },
  };
};

const withoutShadow = ({ shadow: _shadow, ...pointer }: ModelPointer): ModelPointer => pointer;

/** Plans that a model is published. */
export const planPublication = (occasion: Occasion, modelVersion: string): PlannedChange =>
  plan(occasion, { act: 'published', modelVersion });

interface Activation {
  readonly act: 'activated' | 'rolled-back';
  readonly modelVersion: string;
  /** Undefined for the first model: nothing follows from it. */
  readonly actions: ActivationActions | undefined;
  readonly earlier: readonly string[];
}

const planActive = (
  occasion: Occasion,
  { act, modelVersion, actions, earlier }: Activation,
): PlannedActivation => {
  const { before, at } = occasion;
  const previous = before?.active;
  const planned = plan(
    occasion,
    {
      act,
      modelVersion,
      ...(previous !== undefined && { previousModelVersion: previous }),
      ...(actions !== undefined && { actions }),
    },
    { earlier },
  );
  const active = {
    active: modelVersion,
    activeRevision: planned.after.revision,
    activatedAt: at,
    actions: actions ?? 'all',
  };
  // A shadow of itself would say nothing.
  const kept = planned.after.shadow === modelVersion ? withoutShadow(planned.after) : planned.after;
  return { ...planned, after: { ...kept, ...active } };
};

/** Plans that the deployed model becomes the first active one. */
export const planFirst = (occasion: Occasion, modelVersion: string): PlannedActivation =>
  planActive(occasion, {
    act: 'activated',
    modelVersion,
    actions: undefined,
    earlier: occasion.before?.earlier ?? [],
  });

/** Plans that a published model becomes the active one. @throws RegistryError `MODEL_ALREADY_ACTIVE` */
export const planActivation = (
  occasion: Occasion,
  modelVersion: string,
  actions: ActivationActions,
): PlannedActivation => {
  const { earlier = [], active } = occasion.before ?? {};
  if (active === modelVersion)
    throw new RegistryError(
      'MODEL_ALREADY_ACTIVE',
      `scoring model ${modelVersion} is active already; allowed: another published version`,
    );
  return planActive(occasion, {
    act: 'activated',
    modelVersion,
    actions,
    earlier: active === undefined ? earlier : [...earlier, active].slice(-mostEarlier),
  });
};

/** Plans that the model before the active one becomes active again. @throws RegistryError `NO_EARLIER_MODEL` */
export const planRollback = (occasion: Occasion, actions: ActivationActions): PlannedActivation => {
  const { earlier = [], active } = occasion.before ?? {};
  const modelVersion = earlier.at(-1);
  if (modelVersion === undefined)
    throw new RegistryError(
      'NO_EARLIER_MODEL',
      active === undefined
        ? 'no model is active yet, so there is none to go back to; allowed: a rollback after an activation'
        : `no model was active before ${active}; allowed: a rollback after an activation, or the activation of a version`,
    );
  return planActive(occasion, { act: 'rolled-back', modelVersion, actions, earlier: earlier.slice(0, -1) });
};

/** Plans that leads are scored by a published model as well. @throws RegistryError `MODEL_ALREADY_ACTIVE` */
export const planShadow = (occasion: Occasion, modelVersion: string): PlannedChange => {
  if (occasion.before?.active === modelVersion)
    throw new RegistryError(
      'MODEL_ALREADY_ACTIVE',
      `scoring model ${modelVersion} is the active one; allowed as a shadow: another published version`,
    );
  return plan(occasion, { act: 'shadowed', modelVersion }, { shadow: modelVersion });
};

/** Plans that leads are scored by the active model only. @throws RegistryError `NO_SHADOW` */
export const planShadowEnd = (occasion: Occasion): PlannedChange => {
  const shadow = occasion.before?.shadow;
  if (shadow === undefined)
    throw new RegistryError(
      'NO_SHADOW',
      'there is no shadow model to end; allowed: the end of one that is set',
    );
  const planned = plan(occasion, { act: 'unshadowed', modelVersion: shadow });
  return { ...planned, after: withoutShadow(planned.after) };
};
