import { type Problem, parseInbound, parseInstant, showValue } from '../../events/index.ts';
import { dataReader } from './event-data.ts';
import { computePayloadEventId } from './event-id.ts';
import type { PayloadRecord } from './payload-field.ts';
import { identifiersReader } from './payload-lead.ts';
import type { MergedLead, PassedOver, PayloadContext, PayloadEvent } from './payload-reading.ts';
import { inMapping } from './problems.ts';
import type { Field, FindField, Read, Report } from './record.ts';
import { compileTest, leadIdReader, timeReader } from './record-fields.ts';
import type { PayloadEventSpec, PayloadMapping } from './specs.ts';

type PayloadField = Field<PayloadRecord>;
type Find = FindField<PayloadField>;

/** The event of a payload, if it gives one. */
export type PayloadEventReader = (
  record: PayloadRecord,
  context: PayloadContext,
  report: Report,
) => { readonly event: PayloadEvent } | { readonly passedOver: PassedOver } | undefined;

/** Stands for the lead while its contract checks an event, in the longest form that a lead id has. */
const someLead = 'x'.repeat(128);
const otherLead = 'y'.repeat(128);

/** Returns the instant that the source says of a payload. */
const readContext = ({ occurredAt }: PayloadContext, report: Report): string | undefined => {
  const at = occurredAt === undefined ? undefined : parseInstant(occurredAt);
  if (at !== undefined) return new Date(at).toISOString();
  report({
    path: 'occurredAt',
    given: occurredAt === undefined ? 'a payload that says no date by itself' : showValue(occurredAt),
    allowed: 'an instant in ISO 8601, or an "occurredAt" or "at" in the mapping',
  });
  return undefined;
};

const timeOf = (spec: PayloadEventSpec, path: string, mapping: PayloadMapping, find: Find) => {
  if (spec.at !== undefined) {
    return timeReader<PayloadRecord, PayloadField>(spec.at, `${path}.at`, find, mapping.occurredAt);
  }
  if (mapping.occurredAt === undefined) return undefined;
  const { read } = timeReader<PayloadRecord, PayloadField>(mapping.occurredAt, 'occurredAt', find, undefined);
  return { read, field: undefined };
};

/** The parts of an event: what it says beside the lead, and whom it merges. */
interface Said {
  readonly data: Readonly<Record<string, unknown>>;
  readonly merged?: MergedLead;
}

interface SaidReader {
  readonly needed: readonly PayloadField[];
  readonly read: Read<PayloadRecord, Said>;
  /** The paths of which one must hold something, for people. */
  readonly label: string;
}

const mergedReader = (
  spec: PayloadEventSpec & { readonly type: 'LeadsMerged' },
  path: string,
  mapping: PayloadMapping,
  find: Find,
): SaidReader => {
  const { mergedLeadId, mergedIdentifiers = [] } = spec;
  if (mergedLeadId !== undefined) {
    // Ids of leads are made the same way, or a merge would name leads that nobody else names.
    const { case: letters, unsafe } = mapping.leadId ?? {};
    const id = {
      ...mergedLeadId,
      case: mergedLeadId.case ?? letters,
      unsafe: mergedLeadId.unsafe ?? unsafe,
    };
    const read = leadIdReader<PayloadRecord>(id, `${path}.mergedLeadId`, find);
    return {
      needed: id.names.map((name) => find(name, path)),
      label: id.names.join(' and '),
      read(record, report) {
        const leadId = read(record, report);
        return leadId === undefined ? undefined : { data: {}, merged: { leadId } };
      },
    };
  }
  const read = identifiersReader(mergedIdentifiers, `${path}.mergedIdentifiers`, find);
  return {
    needed: [],
    label: mergedIdentifiers.map(({ name }) => name).join(' or '),
    read(record, report) {
      const identifiers = read(record, report);
      return identifiers.length === 0 ? undefined : { data: {}, merged: { identifiers } };
    },
  };
};

const saidReader = (
  spec: PayloadEventSpec,
  path: string,
  mapping: PayloadMapping,
  find: Find,
): SaidReader => {
  if (spec.type === 'LeadsMerged') return mergedReader(spec, path, mapping, find);
  const { needed, read } = dataReader<PayloadRecord, PayloadField>(spec, path, find, mapping.leadId);
  return {
    needed,
    label: needed[0]?.name ?? '(all values)',
    read(record, report) {
      const data = read(record, report);
      return data === undefined ? undefined : { data };
    },
  };
};

/** Returns the problems that score-leads would have with an event, whoever its lead is. */
const findProblems = (
  { type, occurredAt, eventId, data, merged }: PayloadEvent,
  source: string,
  now: number,
) => {
  const ids = { leadId: someLead, ...(merged !== undefined && { mergedLeadId: otherLead }) };
  const metadata = { eventId, occurredAt, schemaVersion: 1 };
  const detail = { metadata, data: { ...ids, ...data } };
  const parsed = parseInbound({ source, 'detail-type': type, detail }, now);
  return parsed.ok ? [] : parsed.rejection.problems;
};

/** Returns the function that reads one event of a mapping. */
export const payloadEventReader = (
  spec: PayloadEventSpec,
  index: number,
  mapping: PayloadMapping,
  find: Find,
  now: () => number,
): PayloadEventReader => {
  const path = `events[${index}]`;
  const { type } = spec;
  const { source } = mapping;
  const tests = (spec.when ?? []).map((condition) =>
    compileTest<PayloadRecord>(condition, `${path}.when`, find),
  );
  const time = timeOf(spec, path, mapping, find);
  const said = saidReader(spec, path, mapping, find);
  const needed = [...(time?.field === undefined ? [] : [time.field]), ...said.needed];
  const passOver = (name: string) => ({ passedOver: { event: `${path} ${type}`, path: name } });

  return (record, context, report) => {
    if (!tests.every((test) => test(record, report))) return undefined;
    const problems: Problem[] = [];
    const note: Report = (problem) => problems.push(problem);
    const empty = needed.find((field) => !field.isFilled(record, note));
    const read = empty === undefined ? said.read(record, note) : undefined;
    if (read === undefined && problems.length === 0) return passOver(empty?.name ?? said.label);
    const occurredAt = time === undefined ? readContext(context, note) : time.read(record, note);
    for (const problem of problems) report(problem);
    if (read === undefined || occurredAt === undefined) return undefined;
    const eventId = computePayloadEventId({ source, type, occurredAt, recordId: context.recordId, index });
    const event: PayloadEvent = { type, occurredAt, eventId, ...read };
    for (const problem of findProblems(event, source, now())) report(inMapping(path, type)(problem));
    return { event };
  };
};
