import type { TableProps } from '../../shared/dynamodb/index.ts';
import { type ActiveModels, loadModels } from '../../shared/model-store/index.ts';
import { type Deadlines, listQueues, listTracks, type ModelDocument } from '../../shared/scoring/index.ts';

/** The part of a model that the API shows, or needs itself. The whole is large, and never changes. */
export interface ModelOutline {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tiers: ModelDocument['tiers'];
  readonly dimensions: readonly { readonly id: string; readonly title: string }[];
  readonly scorecards: ModelDocument['scorecards'];
  readonly queues: readonly string[];
  readonly tracks: readonly string[];
  readonly deadlines: Deadlines | undefined;
}

const outline = (document: ModelDocument): ModelOutline => ({
  title: document.title,
  description: document.description,
  tiers: document.tiers,
  dimensions: Object.entries(document.dimensions).map(([id, { title }]) => ({ id, title })),
  scorecards: document.scorecards,
  queues: listQueues(document),
  tracks: listTracks(document),
  deadlines: document.policy.deadlines,
});

/** Finds the outlines of models by version. One that isn't stored is left out. */
export type FindOutlines = (versions: Iterable<string>) => Promise<ReadonlyMap<string, ModelOutline>>;

/**
 * Returns a function that loads each model once in its life, and remembers its outline. The active model is known already,
 * and need not be stored yet.
 */
export const createFindOutlines = (table: TableProps, models: ActiveModels): FindOutlines => {
  const loaded = new Map<string, ModelOutline>();
  return async (versions) => {
    const asked = [...versions];
    const { active } = await models.current();
    const known = new Map([...loaded, [active.version, outline(active.document)]]);
    const missing = asked.filter((version) => !known.has(version));
    if (missing.length > 0)
      for (const [version, document] of await loadModels(table, missing)) {
        loaded.set(version, outline(document));
        known.set(version, outline(document));
      }
    return new Map(
      asked.flatMap((version) => {
        const found = known.get(version);
        return found === undefined ? [] : [[version, found] as const];
      }),
    );
  };
};
