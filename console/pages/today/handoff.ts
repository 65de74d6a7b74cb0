import type { Answer } from '../../api/call.ts';

/** A hand-off, as the API lists it. */
export type ListedHandoff = Answer<'listHandoffs'>['handoffs'][number];
