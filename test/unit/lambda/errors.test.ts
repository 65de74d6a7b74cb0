import { describe, expect, it } from 'vitest';
import { errorFields } from '../../../shared/lambda/index.ts';

const secret = 'jane@example.org';

class QuotingError extends Error {
  readonly code = 'QUOTING';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'QuotingError';
  }
}

const messages = [
  ['a line', `given ${secret}`],
  ['two lines', `given\n${secret}`],
  ['a line that looks like a place in code', `given\n    at ${secret}\n    at ${secret} (file.ts:1:2)`],
  ['nothing', ''],
] as const;

describe('the fields of an error in a log', () => {
  it('are its name, its code and the stack frame that made it', () => {
    expect(errorFields(new QuotingError('x'))).toEqual({
      errorName: 'QuotingError',
      errorCode: 'QUOTING',
      errorAt: expect.stringMatching(/^at .*errors\.test\.ts:\d+:\d+\)?$/),
    });
  });

  it.each(messages)('are never its message: %s', (_what, message) => {
    const fields = errorFields(new QuotingError(message, { cause: new Error(secret) }));
    expect(JSON.stringify(fields)).not.toContain(secret);
    expect(fields.errorAt).toContain('errors.test.ts');
  });

  it('have no stack frame if the message was changed since: the stack still has the old one', () => {
    const error = new Error(`old\n    at ${secret} (file.ts:1:2)`);
    expect(error.stack).toContain(secret);
    error.message = 'changed since';
    expect(errorFields(error)).toEqual({ errorName: 'Error', errorAt: '' });
  });

  it('have no word of the text that JSON.parse refuses', () => {
    let caught: unknown;
    try {
      JSON.parse(`    at ${secret}\n    at ${secret}`);
    } catch (error) {
      caught = error;
    }
    expect(errorFields(caught)).toMatchObject({ errorName: 'SyntaxError' });
    expect(JSON.stringify(errorFields(caught))).not.toContain(secret);
  });

  it('are only the type of anything else that was thrown', () => {
    expect(errorFields(secret)).toEqual({ errorName: 'string' });
    expect(errorFields({ secret })).toEqual({ errorName: 'object' });
    expect(errorFields(undefined)).toEqual({ errorName: 'undefined' });
  });
});
