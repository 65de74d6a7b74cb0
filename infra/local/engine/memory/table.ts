import type { Item } from '../../../../shared/dynamodb/index.ts';
import { invalid, NotModelledError } from './errors.ts';

/** A sparse index that holds keys only. */
export interface IndexProps {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
}

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

const keyPart = (item: Item, name: 'pk' | 'sk'): string => {
  const text = item[name]?.S;
  if (text === undefined || text === '') throw invalid(`the key ${name} is missing, empty or no text`);
  return text;
};

/** Returns the key of an item, or of a request that names one. */
export const parseKey = (item: Item): TableKey => ({ pk: keyPart(item, 'pk'), sk: keyPart(item, 'sk') });

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The longest time that an eventually consistent read, or an index, may lag behind. */
const longestLagMs = 1_000;

/** Items by partition and sort key. Items are never changed, only replaced, so a reference to one stays as it was. */
export class Table {
  readonly name: string;
  readonly #indexes: readonly IndexProps[];
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #now: (() => number) | undefined;
  /** Each item as it was before its last write, and until when an eventually consistent read may still see it. */
  readonly #earlier = new Map<string, { readonly item: Item | undefined; readonly until: number }>();

  constructor(name: string, indexes: readonly IndexProps[] = [], now?: () => number) {
    this.name = name;
    this.#indexes = indexes;
    this.#now = now;
  }

  get({ pk, sk }: TableKey): Item | undefined {
    return this.#partitions.get(pk)?.get(sk);
  }

  /** Returns the item, or the one before it if its last write is recent. */
  stale(key: TableKey): Item | undefined {
    const earlier = this.#earlier.get(`${key.pk}\n${key.sk}`);
    return earlier !== undefined && (this.#now?.() ?? 0) < earlier.until ? earlier.item : this.get(key);
  }

  put(key: TableKey, item: Item | undefined): void {
    if (this.#now !== undefined) {
      const until = this.#now() + longestLagMs;
      this.#earlier.set(`${key.pk}\n${key.sk}`, { item: this.get(key), until });
    }
    const partition = this.#partitions.get(key.pk) ?? new Map<string, Item>();
    this.#partitions.set(key.pk, partition);
    if (item === undefined) partition.delete(key.sk);
    else partition.set(key.sk, item);
    if (partition.size === 0) this.#partitions.delete(key.pk);
  }

  /** Returns the items of a partition by sort key. */
  partition(pk: string): Item[] {
    const items = [...(this.#partitions.get(pk)?.entries() ?? [])];
    return items.sort(([a], [b]) => byText(a, b)).map(([, item]) => item);
  }

  /** Returns all items, by partition and sort key. */
  items(): Item[] {
    return [...this.#partitions.keys()].sort(byText).flatMap((pk) => this.partition(pk));
  }

  /** Refuses an item whose attribute for an index is empty or no text. Without the attribute it isn't in the index. */
  assertIndexable(item: Item): void {
    for (const { name, partition, sort } of this.#indexes) {
      for (const attribute of [partition, sort]) {
        const value = item[attribute];
        if (value !== undefined && !value.S)
          throw invalid(`the key ${attribute} of the index ${name} is empty or no text`);
      }
    }
  }

  indexNamed(name: string): IndexProps {
    const index = this.#indexes.find((one) => one.name === name);
    if (index === undefined) throw new NotModelledError(`the index ${name} of ${this.name}`);
    return index;
  }
}
