import * as z from 'zod';
// From where it is defined: `z.core` as a value would have all of zod bundled, with its messages in forty languages.
import { $constructor } from 'zod/v4/core';
import { isObject } from '../../../events/index.ts';

type Branches = Readonly<Record<string, z.ZodType>>;

interface UnionByDef extends z.core.$ZodUnionDef {
  /** Branches by the field that only they have. */
  readonly branches: ReadonlyMap<string, z.core.$ZodType>;
  readonly exclusive: boolean;
}

interface UnionBy extends z.ZodUnion<readonly z.ZodType[]> {
  readonly _zod: z.core.$ZodUnionInternals<readonly z.ZodType[]> & { def: UnionByDef };
}

/** TypeScript wants the type of what asserts to be written out. */
const ZodUnion: z.core.$constructor<z.ZodUnion> = z.ZodUnion;

const UnionBy = $constructor<UnionBy, UnionByDef>('ZodUnionBy', (inst, def) => {
  ZodUnion.init(inst, def);
  const branches = [...def.branches];
  inst._zod.parse = (payload, ctx) => {
    const { value } = payload;
    const [branch, second] = isObject(value) ? branches.filter(([field]) => Object.hasOwn(value, field)) : [];
    if (branch !== undefined && (second === undefined || !def.exclusive)) {
      return branch[1]._zod.run(payload, ctx);
    }
    payload.issues.push({ code: 'invalid_union', input: value, inst: inst as never, errors: [] });
    return payload;
  };
});

/**
 * Returns a union of objects, each recognised by a field which only it has, whatever the field's value. Issues are
 * those of the one branch that was meant; a plain union would try every branch at every level, and could only guess.
 *
 * @param branches by the field; if an object has two of the fields, the first in this order counts
 * @param error the allowed objects, for an object with none of the fields
 * @param exclusive whether an object with two of the fields is refused as a whole instead, with the same error
 */
export const unionBy = <const T extends Branches>(branches: T, error: string, { exclusive = false } = {}) =>
  new UnionBy({
    type: 'union',
    options: Object.values(branches),
    branches: new Map(Object.entries(branches)),
    exclusive,
    error: () => error,
  }) as unknown as z.ZodUnion<readonly T[keyof T][]>;
