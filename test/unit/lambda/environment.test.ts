import { describe, expect, it } from 'vitest';
import { MissingEnvironmentError, readEnvironment } from '../../../shared/lambda/index.ts';

describe('the environment', () => {
  it('returns only the variables that were requested', () => {
    expect(readEnvironment(['TABLE', 'BUS'], { TABLE: 't', BUS: 'b', HOME: '/' })).toEqual({
      TABLE: 't',
      BUS: 'b',
    });
  });

  it('names all variables that are missing or empty at once', () => {
    expect(() => readEnvironment(['TABLE', 'BUS', 'MODEL'], { BUS: '', TABLE: 't' })).toThrow(
      new MissingEnvironmentError(['BUS', 'MODEL']),
    );
  });

  it('may lack everything if nothing is requested', () => {
    expect(readEnvironment([], {})).toEqual({});
  });
});
