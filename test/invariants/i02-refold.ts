import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../shared/dynamodb/index.ts';
import { decide, type LeadState } from '../../shared/lead/index.ts';
import { parseEntry, stateItem } from '../../shared/ledger/index.ts';
import { parseModelItem } from '../../shared/model-store/index.ts';
import type { ModelDocument, ScoringModel } from '../../shared/scoring/index.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { groupLeads, type LeadItems, textOf, unfoldedNames } from './reading.ts';

/** Folds the entries again, each by the model that it names. */
const refold = ({ models }: Evidence, { entries, leadId }: LeadItems): LeadState | string => {
  let state: LeadState | undefined;
  for (const entry of entries.map(parseEntry)) {
    if (entry.kind !== 'decided') return `${leadId} is open and has an entry that is ${entry.kind}`;
    const model = models.get(entry.standing.modelVersion);
    if (model === undefined)
      return `${leadId} was judged by ${entry.standing.modelVersion}, which is unknown`;
    state = { ...decide(model, state, entry.event).state, leadId, version: entry.version };
  }
  return state ?? `${leadId} has a state and no entries`;
};

/** Makes bytes comparable: they are read as another class than they are written as. */
const comparable = (value: Item[string] | undefined) =>
  value?.B === undefined ? value : Buffer.from(value.B).toString('base64');

const checkOpen = (evidence: Evidence, lead: LeadItems, state: Item): string[] => {
  const result = refold(evidence, lead);
  if (typeof result === 'string') return [result];
  const head = Buffer.from(state.head?.B ?? []).toString('base64');
  // Whether facts are packed depends on the size of the item, its head included.
  const [expected, stored] = [stateItem(result, head), state];
  const names = [...new Set([...Object.keys(expected), ...Object.keys(stored)])].filter(
    (name) => !unfoldedNames.has(name),
  );
  return names
    .filter((name) => !isDeepStrictEqual(comparable(expected[name]), comparable(stored[name])))
    .map(
      (name) =>
        `${lead.leadId} has ${name} ${JSON.stringify(stored[name])}; its ledger folds to ${JSON.stringify(expected[name])}`,
    );
};

const allowedOnceClosed = ['pk', 'sk', 'version', 'head', 'status', 'mergedInto'];

/** Finds attributes that the state of a closed lead must not have. */
const checkClosed = ({ leadId }: LeadItems, state: Item): string[] =>
  Object.keys(state)
    .filter((name) => !allowedOnceClosed.includes(name))
    .map((name) => `${leadId} is ${textOf(state, 'status')} and still has ${name}`);

const isClosed = (state: Item): boolean => ['merged', 'erased'].includes(textOf(state, 'status'));

/** Finds models that a ledger names and that are not stored unchanged; without them it could not be folded again. */
const findModelsNotStored = ({ leads, models }: Evidence): string[] => {
  const versions = new Set(
    leads.flatMap(({ standing }) => standing?.S ?? []).map((text) => parseModelVersion(text)),
  );
  return [...versions].filter((version) => {
    const item = leads.find((one) => textOf(one, 'pk') === `MODEL#${version}`);
    const model = models.get(version);
    return !item || !model || !isDeepStrictEqual(parseDocumentItem(item), copyDocument(model));
  });
};

const parsed = new Map<string, ModelDocument>();

/** Reads the document of a model's item. The same text is parsed only once a process. */
const parseDocumentItem = (item: Item): ModelDocument => {
  const text = item.document?.S ?? Buffer.from(item.document?.B ?? []).toString('base64');
  const document = parsed.get(text) ?? parseModelItem(item);
  parsed.set(text, document);
  return document;
};

const documents = new WeakMap<ScoringModel, ModelDocument>();

/** Returns a model's document as it comes back from JSON. */
const copyDocument = (model: ScoringModel): ModelDocument => {
  const document = documents.get(model) ?? (JSON.parse(JSON.stringify(model.document)) as ModelDocument);
  documents.set(model, document);
  return document;
};

const parseModelVersion = (standing: string): string =>
  (JSON.parse(standing) as { modelVersion: string }).modelVersion;

export const refoldGivesState: Invariant = {
  id: 'I2',
  rule: 'refolding the ledger with the model versions that it names gives the stored state, exactly',
  check: (evidence) => [
    ...[...groupLeads(evidence).values()].flatMap((lead) => {
      const { state, leadId, entries } = lead;
      if (state === undefined) return entries.length > 0 ? [`${leadId} has entries and no state`] : [];
      return isClosed(state) ? checkClosed(lead, state) : checkOpen(evidence, lead, state);
    }),
    ...findModelsNotStored(evidence).map((version) => `the model ${version} is not stored as it was`),
  ],
};
