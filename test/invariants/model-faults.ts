import type { Item } from '../../shared/dynamodb/index.ts';
import { modelPointerKey } from '../../shared/keys/index.ts';
import type { Evidence, History } from './evidence.ts';
import { textOf } from './reading.ts';

type Whole = Evidence & { readonly history: History };
type Plant = (evidence: Whole) => Evidence | undefined;

const isRescoring = (item: Item, actions: string): boolean =>
  textOf(item, 'type') === 'LeadRescoreRequested' &&
  textOf(item, 'detail').includes(`"actions":"${actions}"`);

/** Replaces the first item of the leads that fits. */
const replacing =
  (which: (item: Item) => boolean, change: (item: Item) => Item): Plant =>
  (evidence) => {
    const found = evidence.leads.find(which);
    if (found === undefined) return undefined;
    const leads = evidence.leads.map((item) => (item === found ? change(item) : item));
    return { ...evidence, leads, history: undefined };
  };

/** Adds an entry long after the end, by a model that was active only before another one. */
const judgedLate: Plant = (evidence) => {
  const { history } = evidence;
  const pointers = history.writes.filter(({ key }) => key.pk === modelPointerKey.pk);
  const [first, last] = [pointers[0], pointers.at(-1)];
  const model = textOf(first?.after, 'active');
  const write = history.writes.find(
    ({ key, before, after }) =>
      key.sk.startsWith('EVENT#') &&
      before === undefined &&
      textOf(after, 'standing').includes(`"modelVersion":"${model}"`),
  );
  if (model === '' || last === undefined || textOf(last.after, 'active') === model || write === undefined)
    return undefined;
  const late = { ...write, at: last.at + 10 * 60_000 };
  return { ...evidence, history: { ...history, writes: [...history.writes, late] } };
};

/** Has a model announced as activated that never was. */
const announcedForNothing: Plant = (evidence) => {
  const found = evidence.announced.find((one) => one['detail-type'] === 'ScoringModelActivated');
  if (found === undefined) return undefined;
  const { detail } = found;
  const other = { ...found, detail: { ...detail, metadata: { ...detail.metadata, eventId: 'another' } } };
  return { ...evidence, announced: [...evidence.announced, other] };
};

const withText = (item: Item, name: string, change: (value: string) => string): Item => ({
  ...item,
  [name]: { S: change(textOf(item, name)) },
});

export const modelFaults: readonly (readonly [finding: string, plant: Plant])[] = [
  ['I16: .* was judged by', judgedLate],
  ['I16: announced was the activation', announcedForNothing],
  [
    'quiet: .* starts or stops something',
    replacing(
      (item) => isRescoring(item, 'none') && textOf(item, 'changes').includes('"actionChanged":false'),
      (item) =>
        withText(item, 'changes', (text) => text.replace('"actionChanged":false', '"actionChanged":true')),
    ),
  ],
  [
    "quiet: .* doesn't say that a model caused it",
    replacing(
      (item) => isRescoring(item, 'all') && textOf(item, 'changes').includes('"trigger":"model"'),
      (item) => withText(item, 'changes', (text) => text.replace('"trigger":"model"', '"trigger":"time"')),
    ),
  ],
  [
    'shadow: .* by the shadow model',
    replacing(
      (item) => item.shadow !== undefined,
      (item) => withText(item, 'shadow', (text) => text.replace(/"score":[\d.]+/, '"score":99.99')),
    ),
  ],
];
