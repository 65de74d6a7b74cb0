import { describe, expect, it } from 'vitest';
import { paths } from '../../../console/api/paths.ts';
import { operations, routeOf } from '../../../events/api/index.ts';

describe('the paths of the console', () => {
  it.each(operations.filter((operation) => paths[operation] !== undefined))(
    'are those of the route %s',
    (operation) => {
      const { method, path } = routeOf(operation);
      expect(paths[operation]).toEqual([method, path]);
    },
  );

  it('name only operations that there are', () =>
    expect(Object.keys(paths).filter((name) => !operations.some((operation) => operation === name))).toEqual(
      [],
    ));
});
