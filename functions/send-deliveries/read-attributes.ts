import type { FactValue } from '../../events/index.ts';
import { getItems, type Item, type TableProps, text, unpacked } from '../../shared/dynamodb/index.ts';
import { parseLeadKey, stateKey } from '../../shared/keys/index.ts';
import type { ReadAttributes } from './deps.ts';

interface StoredAttributes {
  readonly attributes?: Readonly<Record<string, readonly [value: FactValue, at: number]>>;
}

const pick = (item: Item, names: readonly string[]): Record<string, FactValue> => {
  const { attributes = {} } = unpacked<StoredAttributes>(item, 'facts');
  return Object.fromEntries(
    names.flatMap((name) => {
      const dated = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      return dated === undefined ? [] : [[name, dated[0]]];
    }),
  );
};

/** Creates the reader of leads' attributes. Of a lead, nothing but the facts is read. */
export const createAttributeReader =
  (leads: TableProps): ReadAttributes =>
  async (leadIds, names) => {
    if (names.length === 0) return new Map();
    const items = await getItems(
      leads,
      [...new Set(leadIds)].map((leadId) => stateKey(leadId)),
      ['pk', 'facts'],
    );
    const known = items.filter(({ facts }) => facts !== undefined);
    return new Map(known.map((item) => [parseLeadKey(text(item, 'pk')), pick(item, names)]));
  };
