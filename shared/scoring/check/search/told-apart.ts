import type { Condition } from '../../document/condition.ts';
import type { Reading } from '../../reading.ts';
import { settingsOf } from './settings.ts';
import type { Setting, Space } from './space.ts';
import { ofLeaf, partsOfVariable, type Variable } from './variables.ts';

const nothing: ReadonlySet<never> = new Set();
const tooMany = 1_000;

/** Whether the value is there at all: while it isn't, a part of the slide that asks for it is open. */
const isSaid = (variable: Variable, { facts }: Reading): boolean => {
  const [kind, name] = partsOfVariable(variable);
  if (kind === 'attribute') return Object.hasOwn(facts.attributes, name);
  return kind === 'answer' ? Object.hasOwn(facts.answers, name) : true;
};

const distinct = (
  space: Space,
  variable: Variable,
  leaves: readonly Condition[],
): readonly Setting[] | undefined => {
  const settings = settingsOf(space, variable, leaves);
  // To find out that they are too many costs as much.
  if (!space.spend(settings?.length ?? tooMany) || settings === undefined) return undefined;
  // A test that reads something else, too, tells apart what can't be seen here.
  if (leaves.some((leaf) => ofLeaf(leaf).length > 1)) return settings;
  const tests = leaves.map(space.compile);
  const found = new Map<string, Setting>();
  for (const setting of settings) {
    const reading = space.read([setting], nothing);
    const sign = `${tests.map((test) => test(reading)).join('')}${isSaid(variable, reading)}`;
    if (!found.has(sign)) found.set(sign, setting);
  }
  return [...found.values()];
};

/**
 * The ways in which a variable can be that the conditions tell apart, one of each: most values come to the same.
 *
 * @param leaves the conditions that read it
 * @returns undefined where there are too many
 */
export const toldApart = (
  space: Space,
  variable: Variable,
  leaves: readonly Condition[],
): readonly Setting[] | undefined => space.once(variable, leaves, () => distinct(space, variable, leaves));
