import { isObject, type Problem, showValue } from '../../events/index.ts';

/**
 * The header of a change event, as far as Sluice reads it. Source:
 * https://developer.salesforce.com/docs/platform/change-data-capture/guide/cdc-event-fields-header.html
 */
export interface ChangeEventHeader {
  /** The API name of the object, such as `Lead` or `Visit__c`. */
  readonly entityName: string;
  /** The changed records, or a wildcard such as `00Q*`: all records of the object. */
  readonly recordIds: readonly string[];
  /** CREATE, UPDATE, DELETE or UNDELETE; the same with `GAP_` in front, or GAP_OVERFLOW. */
  readonly changeType: string;
  readonly changeOrigin: string | undefined;
  readonly transactionKey: string;
  /** The place of the change within its transaction, from 1. */
  readonly sequenceNumber: number;
  /** Milliseconds since 1970. */
  readonly commitTimestamp: number;
  /** The fields that an update changed, those of compound fields as `Address.Street`. */
  readonly changedFields: readonly string[];
  /** The fields that were set to nothing, written likewise. */
  readonly nulledFields: readonly string[];
}

export type ReadHeader =
  | { readonly ok: true; readonly header: ChangeEventHeader; readonly all: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: Problem };

const at = 'detail.payload.ChangeEventHeader';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const readTexts = (value: unknown): readonly string[] => (isTexts(value) ? (value as string[]) : []);
const endOf9999 = Date.parse('9999-12-31T23:59:59.000Z');
const isInstant = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= endOf9999;

/** The fields without which a change can't be read, each with its test and what it allows. */
const needed = {
  entityName: [isText, 'the name of an object'],
  recordIds: [(value: unknown) => isTexts(value) && (value as string[]).length > 0, 'a list of record ids'],
  changeType: [isText, 'the type of the change'],
  transactionKey: [isText, 'the key of the transaction'],
  sequenceNumber: [Number.isInteger, 'a whole number'],
  commitTimestamp: [isInstant, 'milliseconds since 1970'],
} as const;

/** Reads the header of a change event, or says which field of it can't be read. */
export const readChangeEventHeader = (given: unknown): ReadHeader => {
  if (!isObject(given)) {
    const problem = { path: at, given: showValue(given), allowed: 'the header of a change event' };
    return { ok: false, problem };
  }
  for (const [name, [test, allowed]] of Object.entries(needed)) {
    const value = given[name];
    if (!test(value))
      return { ok: false, problem: { path: `${at}.${name}`, given: showValue(value), allowed } };
  }
  const { changeOrigin, changedFields, nulledFields, ...rest } = given;
  const header = {
    ...(rest as unknown as Omit<ChangeEventHeader, 'changeOrigin' | 'changedFields' | 'nulledFields'>),
    changeOrigin: typeof changeOrigin === 'string' ? changeOrigin : undefined,
    changedFields: readTexts(changedFields),
    nulledFields: readTexts(nulledFields),
  };
  return { ok: true, header, all: given };
};
