/** The result of one check. `unknown` means that the check could not look, so that it says nothing either way. */
export interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'problem' | 'unknown';
  readonly found: string;
  /** The next step of the user. Every problem has one. */
  readonly todo?: string;
}

export const ok = (check: string, found: string): Finding => ({ check, result: 'ok', found });

export const problem = (check: string, found: string, todo: string): Finding => ({
  check,
  result: 'problem',
  found,
  todo,
});

export const unknown = (check: string, found: string, todo?: string): Finding => ({
  check,
  result: 'unknown',
  found,
  ...(todo !== undefined && { todo }),
});
