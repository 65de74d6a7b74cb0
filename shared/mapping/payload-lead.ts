import { limits, showValue } from '../../events/index.ts';
import type { PayloadRecord } from './payload-field.ts';
import type { Identifier, PayloadLead } from './payload-reading.ts';
import type { Field, FindField, Read } from './record.ts';
import { leadIdReader, textReader } from './record-fields.ts';
import type { IdentifierSpec, PayloadMapping } from './specs.ts';

type Find = FindField<Field<PayloadRecord>>;

const findProblem = (type: string, value: string): string | undefined => {
  const { identifierLength: most } = limits;
  if (value.length > most) return `at most ${most} characters`;
  return type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)
    ? 'an e-mail address, such as anna@example.com'
    : undefined;
};

const identifierReader = (
  { type, name, anonymous }: IdentifierSpec,
  path: string,
  find: Find,
): Read<PayloadRecord, Identifier> => {
  const read = textReader(find(name, path));
  return (record, report) => {
    const value = read(record, report);
    if (value === undefined) return undefined;
    const allowed = findProblem(type, value);
    if (allowed === undefined) return anonymous === undefined ? { type, value } : { type, value, anonymous };
    report({ path: name, given: showValue(value), allowed });
    return undefined;
  };
};

/** Returns the reader of the identifiers that a payload has. */
export const identifiersReader = (
  specs: readonly IdentifierSpec[],
  path: string,
  find: Find,
): ((...given: Parameters<Read<PayloadRecord, Identifier>>) => readonly Identifier[]) => {
  const readers = specs.map((spec, index) => identifierReader(spec, `${path}[${index}]`, find));
  return (record, report) => readers.flatMap((read) => read(record, report) ?? []);
};

/** Returns the reader of the lead of a payload, which reports a payload that names none. */
export const leadReader = (mapping: PayloadMapping, find: Find): Read<PayloadRecord, PayloadLead> => {
  if (mapping.leadId !== undefined) {
    const read = leadIdReader<PayloadRecord>(mapping.leadId, 'leadId', find);
    return (record, report) => {
      const leadId = read(record, report);
      return leadId === undefined ? undefined : { leadId };
    };
  }
  const { identifiers: specs = [] } = mapping.identity ?? {};
  const read = identifiersReader(specs, 'identity.identifiers', find);
  return (record, report) => {
    const identifiers = read(record, report);
    if (identifiers.length > 0) return { identifiers };
    report({
      path: specs.map(({ name }) => name).join(' or '),
      given: 'nothing',
      allowed: 'an identifier of the lead at one of these paths',
    });
    return undefined;
  };
};
