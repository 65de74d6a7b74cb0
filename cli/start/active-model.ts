import {
  assertSameModel,
  createModelRegistry,
  isSameModel,
  type ModelRegistry,
} from '../../shared/model-store/index.ts';
import { compileModel, type ScoringModel } from '../../shared/scoring/index.ts';
import type { RunningStack } from '../stack/run-stack.ts';

/** The model by which a started stack judges leads. */
export interface StartedWith {
  readonly active: ScoringModel;
  /** Whether the model that was given isn't the active one, and isn't used. */
  readonly isOther: boolean;
}

/** Returns the model that is active in a stack; undefined if none is yet. */
export const loadActive = async (
  registry: Pick<ModelRegistry, 'readPointer' | 'load'>,
): Promise<ScoringModel | undefined> => {
  const pointer = await registry.readPointer();
  if (pointer?.active === undefined) return undefined;
  const document = await registry.load(pointer.active);
  return document && compileModel(document);
};

/**
 * Finds the model by which a stack judges leads before any event is processed: the active one of its data, or the given
 * one if none is active yet.
 *
 * @throws RegistryError `MODEL_VERSION_TAKEN` if the given one would become the first one, and its version is taken by
 *   another document: the functions would fail on every batch
 */
export const findStartModel = async (
  { client, leadsTable: table, stack }: RunningStack,
  given: ScoringModel,
): Promise<StartedWith> => {
  const registry = createModelRegistry({ client, table, now: () => stack.now() });
  const active = await loadActive(registry);
  if (active !== undefined) return { active, isOther: !isSameModel(active.document, given.document) };
  const stored = await registry.load(given.version);
  if (stored !== undefined) assertSameModel(given.version, stored, given.document);
  return { active: given, isOther: false };
};

/** Says that a model's file isn't used, and what makes it the active one. @param flag the option of the stack, if any */
export const describeOtherModel = (
  { active }: StartedWith,
  given: ScoringModel,
  { file, flag }: { readonly file: string; readonly flag: string },
): string => {
  const stays = `Leads are judged by ${active.version}, which is the active model of this data folder; ${file} isn't used`;
  if (active.version === given.version)
    return `${stays}: it differs from what is published as ${given.version}, so give it a new version.`;
  return (
    `${stays}. \`npx sluice model publish ${file}${flag} --by NAME --reason TEXT\` and ` +
    `\`npx sluice model activate ${given.version}${flag} --by NAME --reason TEXT\` make it the active one.`
  );
};
