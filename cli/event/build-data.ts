import * as z from 'zod/mini';
import { type Contract, type InboundType, inboundContracts, showValue } from '../../events/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { UsageError } from '../errors.ts';
import { parseValue } from './parse-value.ts';

/** The bag to which a key belongs that isn't a field. The other types have no such bag, so that a typing error is found. */
const usualBags: Partial<Record<InboundType, string>> = {
  LeadProfileUpdated: 'attributes',
  LeadAnswersRecorded: 'answers',
};

type Schema = z.core.$ZodType;

const unwrap = (schema: Schema): Schema => {
  const { innerType } = schema._zod.def as { innerType?: Schema };
  return innerType === undefined ? schema : unwrap(innerType);
};

const isBag = (schema: Schema | undefined): boolean =>
  schema !== undefined && unwrap(schema)._zod.def.type === 'record';

const shapeOf = (contract: Contract): Record<string, Schema> =>
  (contract.data as unknown as z.ZodMiniObject)._zod.def.shape as Record<string, Schema>;

/** Returns the keys that a type takes, as messages list them. */
const listKeys = (type: InboundType): string[] => {
  const fields = Object.entries(shapeOf(inboundContracts[type])).filter(([name]) => name !== 'leadId');
  return fields.map(([name, schema]) =>
    !isBag(schema) ? name : usualBags[type] === name ? 'NAME' : `${name}.NAME`,
  );
};

const refuse = (key: string, given: string, allowed: string): UsageError =>
  new UsageError(`${key}: given ${given}; allowed: ${allowed}`);

/** Returns the value for a field: as a text if the field takes no other. */
const valueFor = (schema: Schema, text: string): unknown => {
  const value = parseValue(text);
  return typeof value === 'string' || z.safeParse(schema, value).success || !z.safeParse(schema, text).success
    ? value
    : text;
};

/** The fields of an event's data as they are collected; maps, since a key may be any text. */
class DataBuilder {
  readonly #type: InboundType;
  readonly #shape: Record<string, Schema>;
  readonly #fields = new Map<string, unknown>();
  readonly #bags = new Map<string, Map<string, unknown>>();

  constructor(type: InboundType) {
    this.#type = type;
    this.#shape = shapeOf(inboundContracts[type]);
  }

  add(key: string, text: string): void {
    if (text.trim() === '')
      throw refuse(key, 'nothing', `a value${this.#isInBag(key) ? '; null clears it' : ''}`);
    const [bag, name] = this.#resolve(key);
    const into = bag === undefined ? this.#fields : (this.#bags.get(bag) ?? new Map<string, unknown>());
    const schema = this.#shape[name];
    if (bag === undefined && schema !== undefined) this.#put(into, key, name, valueFor(schema, text));
    else if (bag === 'answers') this.#putAnswer(into, key, name, text);
    else this.#put(into, key, name, parseValue(text));
    if (bag !== undefined) this.#bags.set(bag, into);
  }

  build(leadId: string): Record<string, unknown> {
    const bags = [...this.#bags].map(([name, bag]) => [name, Object.fromEntries(bag)]);
    return { leadId, ...Object.fromEntries(this.#fields), ...Object.fromEntries(bags) };
  }

  #hasBag(name: string): boolean {
    return Object.hasOwn(this.#shape, name) && isBag(this.#shape[name]);
  }

  #isInBag(key: string): boolean {
    return !Object.hasOwn(this.#shape, key) && usualBags[this.#type] !== undefined;
  }

  /** Returns the bag, if any, and the name in it that a key stands for. */
  #resolve(key: string): [bag: string | undefined, name: string] {
    const [head = '', ...rest] = key.split('.');
    if (rest.length > 0 && this.#hasBag(head)) return [head, rest.join('.')];
    const allowed = listKeys(this.#type).join(', ');
    if (key === 'leadId' || key === 'lead') throw refuse(key, 'as a key', '--lead ID');
    if (this.#hasBag(key)) throw refuse(key, 'without a name', `${key}.NAME=value`);
    if (Object.hasOwn(this.#shape, key)) return [undefined, key];
    const bag = usualBags[this.#type];
    if (bag !== undefined) return [bag, key];
    throw new UsageError(
      `${showValue(key)}: ${this.#type} has no such field; allowed: ${orMeant(allowed, key, Object.keys(this.#shape))}`,
    );
  }

  #put(into: Map<string, unknown>, key: string, name: string, value: unknown): void {
    if (into.has(name)) throw refuse(key, 'twice', 'once; a list is [a, b]');
    into.set(name, value);
  }

  /** An answer is a value, and perhaps a text in the lead's own words: `budget=approved budget.text="…"`. */
  #putAnswer(into: Map<string, unknown>, key: string, name: string, text: string): void {
    const [, question = name, part = 'value'] = /^(.+)\.(value|text)$/.exec(name) ?? [];
    const answer = new Map(Object.entries((into.get(question) as object | undefined) ?? {}));
    this.#put(answer, key, part, part === 'text' ? text : parseValue(text));
    into.set(question, Object.fromEntries(answer));
  }
}

/**
 * Builds the data of an event from `key=value` arguments, with the types that the contract asks for.
 *
 * @throws UsageError that names the key, what was given and what is allowed
 */
export const buildData = (
  type: InboundType,
  leadId: string,
  pairs: readonly string[],
): Record<string, unknown> => {
  const builder = new DataBuilder(type);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new UsageError(
        `given ${showValue(pair)}; allowed: key=value, with the keys ${listKeys(type).join(', ')}`,
      );
    builder.add(pair.slice(0, at).trim(), pair.slice(at + 1));
  }
  return builder.build(leadId);
};
