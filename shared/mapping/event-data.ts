import type { FactValue } from '../../events/index.ts';
import { cellReader } from './cell.ts';
import type { Field, FindField, Read, Report } from './record.ts';
import { leadIdReader } from './record-fields.ts';
import type { CellSpec, DataSpec, IdSpec } from './specs.ts';

export interface Data<R, F> {
  /** Reads the event's `data` beside `leadId`; `undefined` if there is nothing to report. */
  readonly read: Read<R, Record<string, unknown>>;
  /** The fields without which the event doesn't exist. */
  readonly needed: readonly F[];
}

/**
 * Returns the reader of an event's `data`, for each kind of event.
 *
 * @param leadId the lead's id in the mapping, if it has one
 */
export const dataReader = <R, F extends Field<R>>(
  spec: DataSpec,
  path: string,
  find: FindField<F>,
  leadId: IdSpec | undefined,
): Data<R, F> => {
  const needed: F[] = [];

  const cell = (given: CellSpec, field: string): Read<R, FactValue> =>
    cellReader(given, given.name === undefined ? undefined : find(given.name, `${path}.${field}`));

  const optional = (given: CellSpec | undefined, field: string): Read<R, FactValue> =>
    given === undefined ? () => undefined : cell(given, field);

  /** Without a value, the event doesn't exist. */
  const required = (given: CellSpec, field: string): Read<R, FactValue> => {
    if (given.name !== undefined) needed.push(find(given.name, `${path}.${field}`));
    return cell(given, field);
  };

  const bag = <T>(
    given: Readonly<Record<string, T>> | undefined,
    read: (item: T, name: string) => Read<R, unknown>,
  ) => {
    const readers = Object.entries(given ?? {}).map(([name, item]) => [name, read(item, name)] as const);
    return (record: R, report: Report): Record<string, unknown> | undefined => {
      const values = readers
        .map(([name, readValue]) => [name, readValue(record, report)] as const)
        .filter(([, value]) => value !== undefined);
      return values.length === 0 ? undefined : Object.fromEntries(values);
    };
  };

  /** Puts the fields of an event together. Without one of those in `says` it says nothing. */
  const together = (fields: Record<string, Read<R, unknown>>, ...says: string[]): Data<R, F> => {
    const read = bag(fields, (readField) => readField);
    return {
      needed,
      read(record, report) {
        const data = read(record, report) ?? {};
        return says.some((field) => data[field] === undefined) ? undefined : data;
      },
    };
  };

  switch (spec.type) {
    case 'LeadStageChanged':
      return together(
        {
          stage: required(spec.stage, 'stage'),
          dealId: optional(spec.dealId, 'dealId'),
          reason: optional(spec.reason, 'reason'),
          actor: optional(spec.actor, 'actor'),
        },
        'stage',
      );
    case 'LeadProfileUpdated':
      return together(
        { attributes: bag(spec.attributes, (item, name) => cell(item, `attributes.${name}`)) },
        'attributes',
      );
    case 'LeadActivityRecorded':
      return together(
        {
          activity: required(spec.activity, 'activity'),
          count: optional(spec.count, 'count'),
          total: spec.total === undefined ? () => undefined : required(spec.total, 'total'),
          properties: bag(spec.properties, (item, name) => cell(item, `properties.${name}`)),
        },
        'activity',
        ...(spec.total === undefined ? [] : ['total']),
      );
    case 'LeadAnswersRecorded':
      return together(
        {
          answers: bag(spec.answers, ({ value, text }, name) => {
            const readValue = cell(value, `answers.${name}`);
            const readWords = optional(text, `answers.${name}.text`);
            return (record, report) => {
              const [answer, words] = [readValue(record, report), readWords(record, report)];
              if (answer === undefined) return undefined;
              return { value: answer, ...(words !== undefined && { text: words }) };
            };
          }),
          askedBy: optional(spec.askedBy, 'askedBy'),
        },
        'answers',
      );
    case 'LeadOutcomeRecorded':
      return together(
        {
          outcome: required(spec.outcome, 'outcome'),
          dealId: optional(spec.dealId, 'dealId'),
          amount: optional(spec.amount, 'amount'),
          reason: optional(spec.reason, 'reason'),
        },
        'outcome',
      );
    case 'LeadsMerged':
      for (const name of spec.mergedLeadId.names) needed.push(find(name, `${path}.mergedLeadId`));
      return together(
        {
          // Ids of leads are made the same way, or a merge would name leads that nobody else names.
          mergedLeadId: leadIdReader(
            {
              ...spec.mergedLeadId,
              case: spec.mergedLeadId.case ?? leadId?.case,
              unsafe: spec.mergedLeadId.unsafe ?? leadId?.unsafe,
            },
            `${path}.mergedLeadId`,
            find,
          ),
        },
        'mergedLeadId',
      );
    case 'LeadErasureRequested':
      return together({});
    case 'HandoffAccepted':
    case 'HandoffRejected':
      return together(
        {
          handoffId: optional(spec.handoffId, 'handoffId'),
          actor: required(spec.actor, 'actor'),
          reason: optional(spec.reason, 'reason'),
        },
        'actor',
      );
    default:
      return spec satisfies never;
  }
};
