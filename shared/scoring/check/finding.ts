import { type Problem, showValue } from '../../../events/index.ts';
import type { ModelDocument } from '../document/model.ts';

/** A problem of a model. With an error the model can't be used; with a warning it works, but probably not as meant. */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
}

/** A rule over sections of a document that are each well-formed, and the sections that it reads. */
export interface Rule {
  readonly reads: readonly (keyof ModelDocument)[];
  readonly find: (document: ModelDocument) => readonly Finding[];
}

/**
 * Returns an error.
 *
 * @param given the value at the path
 */
export const error = (path: string, given: unknown, allowed: string): Finding => ({
  severity: 'error',
  path,
  given: showValue(given),
  allowed,
});

/**
 * Returns a warning.
 *
 * @param given the value at the path
 */
export const warning = (path: string, given: unknown, allowed: string): Finding => ({
  ...error(path, given, allowed),
  severity: 'warning',
});

export const isError = ({ severity }: Finding): boolean => severity === 'error';

const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

/** Whether there is an error at a path or below it. A consequence of that error needs no finding of its own. */
export const hasErrorWithin = (findings: readonly Finding[], path: string): boolean =>
  findings.some((finding) => isError(finding) && isWithin(finding.path, path));

/** Returns an error about a field's name, rather than about its value. */
export const nameError = (path: string, name: string, allowed: string): Finding => ({
  severity: 'error',
  path,
  given: `the name ${showValue(name)}`,
  allowed,
});

/** Returns a warning about a field's name, rather than about its value. */
export const nameWarning = (path: string, name: string, allowed: string): Finding => ({
  ...nameError(path, name, allowed),
  severity: 'warning',
});
