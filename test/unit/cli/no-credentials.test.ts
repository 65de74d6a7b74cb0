import { describe, expect, it } from 'vitest';
import { formatError } from '../../../cli/format-error.ts';

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('an error about missing credentials', () => {
  it.each(['CredentialsProviderError', 'TokenProviderError'])(
    'is no stack, but says what to do: %s',
    (name) => {
      expect(formatError(named(name, 'Could not load credentials from any providers'))).toEqual([
        'sluice: no AWS credentials: Could not load credentials from any providers',
        '  set AWS_PROFILE, or sign in; `npx sluice doctor --aws` says what is there',
      ]);
    },
  );

  it('differs from a bug, whose stack is shown', () => {
    expect(formatError(named('TypeError', 'x is undefined')).length).toBeGreaterThan(1);
    expect(formatError(named('TypeError', 'x is undefined'))[0]).not.toContain('sluice:');
  });
});
