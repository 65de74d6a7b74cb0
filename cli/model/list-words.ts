import type { ModelHistoryEntry, ModelPointer, PublishedModel } from '../../shared/model-store/index.ts';
import type { Table } from '../output/line.ts';
import { table } from '../output/table.ts';
import { formatInstant } from '../text/format-instant.ts';

/** The use of a published model. */
export type ModelUse = 'active' | 'shadow' | 'none';

/** Returns what is done with a model. */
export const useOf = (version: string, pointer: ModelPointer | undefined): ModelUse => {
  if (version === pointer?.active) return 'active';
  return version === pointer?.shadow ? 'shadow' : 'none';
};

/** Returns the published models as a table, the latest first. */
export const modelsTable = (models: readonly PublishedModel[], pointer: ModelPointer | undefined): Table =>
  table(
    [
      ['MODEL', 'USE', 'PUBLISHED', 'TITLE'],
      ...models.map(({ modelVersion, title, storedAt }) => {
        const use = useOf(modelVersion, pointer);
        return [modelVersion, use === 'none' ? '' : use, formatInstant(Date.parse(storedAt)), title];
      }),
    ],
    [{ least: 'whole' }, { least: 'whole' }, { least: 'whole', optional: 1 }, {}],
  );

const acts: Readonly<Record<ModelHistoryEntry['act'], string>> = {
  published: 'published',
  activated: 'activated',
  'rolled-back': 'rolled back to',
  shadowed: 'shadow began',
  unshadowed: 'shadow ended',
};

const describeAct = ({ act, actions }: ModelHistoryEntry): string =>
  actions === 'none' ? `${acts[act]}, no actions` : acts[act];

/** Returns entries of the history as a table. */
export const historyTable = (entries: readonly ModelHistoryEntry[]): Table =>
  table(
    [
      ['NO', 'AT', 'ACT', 'MODEL', 'IN PLACE OF', 'BY', 'REASON'],
      ...entries.map((entry) => [
        entry.revision,
        formatInstant(Date.parse(entry.at)),
        describeAct(entry),
        entry.modelVersion,
        entry.previousModelVersion ?? '',
        entry.by,
        entry.reason,
      ]),
    ],
    [{}, { least: 'whole', optional: 2 }, { least: 'whole' }, { least: 'whole' }, { optional: 1 }, {}, {}],
  );
