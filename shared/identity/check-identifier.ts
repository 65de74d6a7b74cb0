import { limits, type Problem, showValue } from '../../events/index.ts';
import type { Identifier } from './identities.ts';

/** The form of a type. It has no colon, which separates type and value where both are hashed. */
const typeForm = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/** Returns a value by which two spellings of one identifier are equal. Only e-mail addresses ignore case. */
export const normaliseIdentifier = ({ type, value }: Identifier): string => {
  const composed = value.normalize('NFC').trim();
  return type === 'email' ? composed.toLowerCase() : composed;
};

/**
 * Returns the reason why an identifier can't be used; undefined if it can.
 *
 * @param path where the identifier comes from, for the problem
 */
export const checkIdentifier = (identifier: Identifier, path: string): Problem | undefined => {
  const { type, value } = identifier;
  if (!typeForm.test(type))
    return {
      path,
      given: `the type ${showValue(type)}`,
      allowed: 'a type of 1 to 64 characters of A-Z a-z 0-9 _ . -, beginning with a letter',
    };
  const normal = normaliseIdentifier(identifier);
  if (normal === '') return { path, given: showValue(value), allowed: 'an identifier that is not empty' };
  const { identifierLength: most } = limits;
  if (normal.length > most)
    return { path, given: showValue(value), allowed: `an identifier of at most ${most} characters` };
  if (!normal.isWellFormed())
    return {
      path,
      given: showValue(value),
      allowed: 'well-formed Unicode (it holds half of a surrogate pair)',
    };
  return undefined;
};
