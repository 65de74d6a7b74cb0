import { foldCase, normaliseText } from '../../shared/scoring/index.ts';

/** Returns a text as tables of values, conditions and keys compare it, which is how scoring models compare texts. */
export const foldText = (text: string): string => foldCase(normaliseText(text));
