import { describe, expect, it } from 'vitest';
import { MissingEnvironmentError, readEnvironment } from '../../../shared/lambda/index.ts';

describe('the environment', () => {
  it('gives the variables that were asked for, and no other', () => {
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

  it('is of no concern to a function that asks for nothing', () => {
    expect(readEnvironment([], {})).toEqual({});
  });
});
