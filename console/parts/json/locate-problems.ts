import type { FieldProblem } from '../../api/api-error.ts';
import type { ExpectedJson, scanJson } from './scan-json.ts';
import { findOffset, positionOf, type TextPosition } from './text-position.ts';

/** A problem with a text at its place: either what JSON must have there, or a field with a wrong value. */
export interface LocatedProblem {
  readonly offset: number;
  readonly position: TextPosition;
  readonly fault?: ExpectedJson;
  readonly problem?: FieldProblem;
}

/** Returns the problems of a text by their places. A text that isn't JSON has no fields, so that this is all. */
export const locateProblems = (
  text: string,
  { places, fault }: ReturnType<typeof scanJson>,
  problems: readonly FieldProblem[],
): readonly LocatedProblem[] => {
  if (fault !== undefined) {
    const { offset, expected } = fault;
    return [{ offset, position: positionOf(text, offset), fault: expected }];
  }
  return problems
    .map((problem) => ({ problem, offset: findOffset(places, problem.path) }))
    .map(({ problem, offset }) => ({ problem, offset, position: positionOf(text, offset) }));
};
