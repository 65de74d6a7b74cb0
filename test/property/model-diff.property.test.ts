import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffModels } from '../../shared/model-diff/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { compileDocument, readModelFile } from '../support/models.ts';
import { seeded } from '../support/seed.ts';

/** A value as JSON gives it, of which a test may change anything. */
type Parsed = ReturnType<typeof JSON.parse>;
type Change = (parent: Parsed, name: string | number | undefined) => void;

type Path = readonly (string | number)[];

/** Returns the paths to all values of a document, objects and lists included. */
const listPaths = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((each, i) => listPaths(each, [...path, i]))
    : Object.entries(value).flatMap(([name, each]) =>
        each === undefined ? [] : listPaths(each, [...path, name]),
      );
  return path.length === 0 ? inner : [path, ...inner];
};

const change = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [...value].concat([value[0] ?? 'x']);
  return { ...(value as object), another: 1 };
};

/** Returns a copy in which the value at a path is changed by `work`, given its parent and its name there. */
const changed = (document: ModelDocument, path: Path, work: Change): ModelDocument => {
  const copy: Parsed = structuredClone(document);
  const parent = path.slice(0, -1).reduce<Parsed>((value, name) => value[name], copy);
  work(parent, path.at(-1));
  return copy;
};

const changes: readonly Change[] = [
  (parent, name) => {
    parent[name as string] = change(parent[name as string]);
  },
  (parent, name) => {
    if (Array.isArray(parent)) parent.splice(name as number, 1);
    else delete parent[name as string];
  },
];

const documents = ['success-ready', 'bant'].map((name) => compileDocument(readModelFile(name)).document);

const shuffle = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffle);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, each]) => [name, shuffle(each)]),
  );
};

const count = (before: ModelDocument, after: ModelDocument): number =>
  diffModels(before, after).reduce((sum, { sentences }) => sum + sentences.length, 0);

describe('two documents', () => {
  it('that differ in any one value, or lack any one, always have a difference in words, in both directions', () => {
    const silent = documents.flatMap((document) =>
      listPaths(document).flatMap((path) =>
        changes.flatMap((work) => {
          const other = changed(document, path, work);
          return count(document, other) > 0 && count(other, document) > 0 ? [] : [path.join('.')];
        }),
      ),
    );
    expect(silent).toEqual([]);
  });

  it('that differ in the order of any list have a difference', () => {
    for (const document of documents) {
      const lists = listPaths(document).filter((path) => {
        const list = path.reduce<Parsed>((value, name) => value[name], document);
        return Array.isArray(list) && JSON.stringify(list) !== JSON.stringify(list.toReversed());
      });
      expect(lists.length).toBeGreaterThan(5);
      for (const path of lists)
        expect(
          count(
            document,
            changed(document, path, (parent, name) => parent[name as string].reverse()),
          ),
          path.join('.'),
        ).toBeGreaterThan(0);
    }
  });

  it('that are the same have none, also after several changes and in another order of names', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(fc.tuple(fc.nat(), fc.nat(1)), { maxLength: 5 }),
        (document, steps) => {
          const after = steps.reduce((given, [at, how]) => {
            const paths = listPaths(given);
            const path = paths[at % paths.length];
            const work = changes[how];
            return path === undefined || work === undefined ? given : changed(given, path, work);
          }, document);
          expect(diffModels(after, shuffle(after) as ModelDocument)).toEqual([]);
        },
      ),
      seeded(),
    );
  });
});
