import { type Item, N, number, S } from '../../shared/dynamodb/index.ts';
import { quarantineHeadKey } from '../../shared/keys/index.ts';
import {
  headFields,
  parseHead,
  personalHeadFields,
  textFields,
  textOf,
} from '../../shared/quarantine/head.ts';
import {
  type Quarantine,
  type QuarantineAdmin,
  type QuarantineFilter,
  type QuarantineRedactor,
  type QuarantineStep,
  quarantineIdOf,
  type Signature,
} from '../../shared/quarantine/index.ts';
import { fits, parseRecord } from '../../shared/quarantine/record.ts';
import { expiryOf } from '../../shared/quarantine/retention.ts';
import { isStep, personalStepFields, statusAfter, stepItem } from '../../shared/quarantine/step.ts';
import { isPart, partItems, personalPartFields, storedTextOf } from '../../shared/quarantine/text-parts.ts';

/** The quarantine over a map of the very items that DynamoDB would hold, by `pk`, a line break and `sk`. */
export interface MemoryQuarantine extends Quarantine, QuarantineRedactor, QuarantineAdmin {
  readonly items: ReadonlyMap<string, Item>;
  /** Called with each item written, in order, and what stood there before, as a stream would see it. */
  onWrite?: (item: Item, before: Item | undefined) => void;
}

const without = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));

export const createMemoryQuarantine = (): MemoryQuarantine => {
  const items = new Map<string, Item>();
  let steps = 0;
  const put = (item: Item): void => {
    const key = `${item.pk?.S}\n${item.sk?.S}`;
    const before = items.get(key);
    items.set(key, item);
    quarantine.onWrite?.(item, before);
  };
  const headOf = (id: string): Item | undefined => items.get(`${id}\n${quarantineHeadKey}`);
  const partitionOf = (id: string): Item[] =>
    [...items.values()]
      .filter(({ pk }) => pk?.S === id)
      .toSorted((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
  const idsOf = (leadId: string): Set<string> =>
    new Set([...items.values()].filter((item) => item.leadId?.S === leadId).map(({ pk }) => pk?.S ?? ''));
  const token = (): string => String(steps++).padStart(8, '0');

  const erase = (id: string, step: QuarantineStep['step'], by: Signature): void => {
    for (const item of partitionOf(id)) {
      if (isPart(item)) put(without(item, personalPartFields));
      if (isStep(item)) put(without(item, personalStepFields));
    }
    const head = headOf(id);
    if (head?.textId === undefined) return;
    put({ ...without(head, personalHeadFields), status: S('erased') });
    put(stepItem(id, { step, ...by }, number(head, 'expiresAt'), token()));
  };

  const quarantine: MemoryQuarantine = {
    items,
    async store(rejected) {
      const id = quarantineIdOf(rejected.body);
      const before = headOf(id);
      const stored = before && textOf(before);
      const expiresAt = expiryOf(rejected.receivedAt);
      const parts =
        stored === undefined ? partItems(id, rejected.body, expiresAt) : partitionOf(id).filter(isPart);
      for (const part of parts) put({ ...part, expiresAt: N(expiresAt) });
      const { first, latest } = headFields(rejected);
      put({
        pk: S(id),
        sk: S(quarantineHeadKey),
        ...first,
        ...before,
        ...latest,
        ...textFields(stored ?? storedTextOf(rejected.body)),
        times: N((before === undefined ? 0 : number(before, 'times')) + 1),
      });
    },
    async redactLead(leadId, by) {
      const ids = idsOf(leadId);
      for (const id of ids) erase(id, 'erased', by);
      return ids.size;
    },
    async redact(id, by) {
      erase(id, 'redacted', by);
    },
    async *list(filter: QuarantineFilter) {
      const ofLead = filter.leadId === undefined ? undefined : idsOf(filter.leadId);
      for (const item of [...items.values()].filter(({ sk }) => sk?.S === quarantineHeadKey)) {
        const found = parseHead(item);
        if (fits(found, filter) && (ofLead?.has(found.id) ?? true)) yield found;
      }
    },
    async find(prefix, most) {
      return [...items.values()]
        .filter(({ pk, sk }) => sk?.S === quarantineHeadKey && pk?.S?.startsWith(prefix))
        .map(({ pk }) => pk?.S ?? '')
        .slice(0, most);
    },
    async read(id) {
      return parseRecord(partitionOf(id));
    },
    async note(id, step) {
      const head = headOf(id);
      if (head === undefined || head.status?.S === 'erased') return 'gone';
      const expiresAt = number(head, 'expiresAt');
      if (step.corrected !== undefined)
        for (const part of partItems(id, step.corrected, expiresAt)) put(part);
      const same = number(head, 'times') === step.times;
      if (same) put({ ...head, status: S(statusAfter(step.step)) });
      put(stepItem(id, step, expiresAt, token()));
      return same ? 'noted' : 'came-again';
    },
  };
  return quarantine;
};
