import { type Problem, showValue } from '../../../events/index.ts';
import type { ModelDocument } from '../document/model.ts';

/**
 * Something wrong with a model. An error keeps it from being used; with a warning it works, but hardly as it was meant.
 */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
}

/** A rule over sections of a document that are each well-formed, and the sections that it reads. */
export interface Rule {
  readonly reads: readonly (keyof ModelDocument)[];
  readonly find: (document: ModelDocument) => readonly Finding[];
}

/** @param given the value that stands at the path */
export const error = (path: string, given: unknown, allowed: string): Finding => ({
  severity: 'error',
  path,
  given: showValue(given),
  allowed,
});

/** @param given the value that stands at the path */
export const warning = (path: string, given: unknown, allowed: string): Finding => ({
  ...error(path, given, allowed),
  severity: 'warning',
});

export const isError = ({ severity }: Finding): boolean => severity === 'error';

const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

/** Whether there is an error at a path or further in: what follows from it needs no finding of its own. */
export const hasErrorWithin = (findings: readonly Finding[], path: string): boolean =>
  findings.some((finding) => isError(finding) && isWithin(finding.path, path));

/** An error about a name that stands as a field, rather than about the value beside it. */
export const nameError = (path: string, name: string, allowed: string): Finding => ({
  severity: 'error',
  path,
  given: `the name ${showValue(name)}`,
  allowed,
});
