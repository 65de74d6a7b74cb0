import type { Answer } from '../../api/call.ts';

/** A published model, as lists have it. */
export type ListedModel = Answer<'listModels'>['models'][number];

/** A change of the models in use that somebody is about to make. */
export interface ModelChange {
  readonly kind: 'activate' | 'roll-back' | 'shadow' | 'end-shadow';
  readonly version: string;
}
