import * as z from 'zod';
import type { Problem } from '../../events/index.ts';
import type { AtSpec, DataSpec, IdSpec } from '../../shared/mapping/index.ts';
import {
  type CsvCondition,
  createAtSchema,
  createCellSchema,
  createCsvWhen,
  createEventSchema,
  createIdSchema,
  csvDialect,
  eventSource,
  issue,
  keyCase,
} from '../../shared/mapping-document/index.ts';

/**
 * The mapping document: which events a row of a CRM export becomes. Written by marketing-ops people, so a
 * plain string always names a column (`origin`, or `deals.won_date` of the joined file `deals`), and what is
 * the same for every row is `{"fixed": …}`.
 */

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

const csv = z.strictObject({
  /** @default - that of a first line `sep=`, else a comma */
  delimiter: z.string().length(1, { error: 'one character, such as , ; | or \\t' }).optional(),
  /** @default - UTF-8; a byte order mark goes before either */
  encoding: z.enum(encodings).optional(),
  /**
   * The line on which the header stands, counted from 1.
   *
   * @default - the first line that isn't blank
   */
  header: z.int({ error: 'the number of a line, from 1' }).min(1).optional(),
});
export type CsvOptions = z.output<typeof csv>;

const join = z.strictObject({
  /** The name in the addresses of its columns: `<name>.<column>`. */
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, {
    error: '1 to 32 characters of A-Z a-z 0-9 _ -, beginning with a letter',
  }),
  file: z.string().min(1),
  /** The joined file's column that names the main row of each row. */
  key: csvDialect.name,
  /**
   * The main file's column that it is compared with.
   *
   * @default - the same name
   */
  on: csvDialect.name.optional(),
  /** The sign between the keys of a cell that is a list of keys, in either file. */
  separator: z.string().min(1).optional(),
  /** Whether keys that differ by case alone are one. */
  case: keyCase.optional(),
  csv: csv.optional(),
});
export type JoinSpec = z.output<typeof join>;

const id = createIdSchema(csvDialect);
const at = createAtSchema(csvDialect);

/** The id of a record, which no event carries: it only makes events distinct. */
const recordId = id.refine((given) => given.unsafe === undefined, {
  error: 'only for lead ids',
  path: ['unsafe'],
});

const event = createEventSchema(
  createCellSchema(csvDialect),
  {
    note: z.string().optional(),
    when: createCsvWhen(csvDialect).optional(),
    /** The joined file of which each row that belongs to the main row gives one event. */
    each: z.string().optional(),
    at: at.optional(),
    /** The record's own id. It makes two facts of what would otherwise be one. */
    recordId: recordId.optional(),
  },
  { mergedLeadId: id },
);

/** An event of a mapping of CSV files. */
export type EventSpec = DataSpec & {
  readonly when?: readonly CsvCondition[] | undefined;
  readonly each?: string | undefined;
  readonly at?: AtSpec | undefined;
  readonly recordId?: IdSpec | undefined;
};
export type { CsvCondition };

interface Root {
  readonly leadId: IdSpec;
  readonly join: readonly JoinSpec[];
  readonly events: readonly EventSpec[];
  readonly occurredAt?: AtSpec | undefined;
}

const checkJoinNames = ({ join, events }: Root, context: z.RefinementCtx): void => {
  const names = join.map(({ name }) => name);
  const allowed = names.length === 0 ? 'no joined file: there is no "join"' : names.join(', ');
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) {
      context.addIssue(issue('a name that no other joined file has', ['join', index, 'name']));
    }
  }
  for (const [index, { each, when }] of events.entries()) {
    if (each !== undefined && !names.includes(each))
      context.addIssue(issue(allowed, ['events', index, 'each']));
    for (const condition of when ?? []) {
      if ('joined' in condition && !names.includes(condition.joined)) {
        context.addIssue(issue(`{"joined": …} of ${allowed}`, ['events', index, 'when']));
      }
    }
  }
};

/**
 * Checks that a joined file doesn't name the lead: the main row decides whose events they are, and which joined rows
 * belong to it.
 */
const checkMainColumns = ({ leadId, join }: Root, context: z.RefinementCtx): void => {
  const isJoined = (column: string) => join.some(({ name }) => column.startsWith(`${name}.`));
  const allowed = 'a column of the main file';
  if (leadId.names.some(isJoined)) context.addIssue(issue(allowed, ['leadId']));
  for (const [index, { on }] of join.entries()) {
    if (on !== undefined && isJoined(on)) context.addIssue(issue(allowed, ['join', index, 'on']));
  }
};

/**
 * Returns the time of an event's own. A total is of the instant for which the file tells it, never of that of the
 * row's other facts.
 */
export const timeOf = (event: EventSpec): AtSpec | undefined =>
  event.at ??
  (event.type === 'LeadActivityRecorded' && event.total !== undefined ? { asOf: true } : undefined);

/** Returns the problems of a mapping that needs the instant for which its files tell the state of things. */
export const asOfProblems = ({ events, occurredAt }: Root): Problem[] => {
  const allowed =
    'with --as-of, the instant for which the file was exported, such as 2026-03-01T09:00:00Z; or a date';
  const problem = (path: string): Problem => ({ path, given: 'no --as-of', allowed });
  return [
    ...(occurredAt?.asOf ? [problem('occurredAt')] : []),
    ...events.flatMap((event, index) => (timeOf(event)?.asOf ? [problem(`events[${index}].at`)] : [])),
  ];
};

const checkTimes = ({ events, occurredAt }: Root, context: z.RefinementCtx): void => {
  for (const [index, event] of events.entries()) {
    if (timeOf(event) === undefined && occurredAt === undefined) {
      context.addIssue(issue('a date, here or as "occurredAt" of the mapping', ['events', index, 'at']));
    }
  }
};

export const mappingSchema = z
  .strictObject({
    $schema: z.string().optional(),
    description: z.string().optional(),
    /** The EventBridge `source` of the events. */
    source: eventSource,
    csv: csv.prefault({}),
    leadId: id,
    /** The instant of the facts of a row, for events that have no `at` of their own. */
    occurredAt: at.optional(),
    /** Texts that mean an empty cell, in any column: "N/A", "NULL". */
    blank: z.array(z.string()).default([]),
    join: z.array(join).max(10).default([]),
    events: z.array(event).min(1).max(100),
  })
  // A transform, unlike a refinement, runs only if every part is what its type says.
  .transform((mapping, context) => {
    for (const check of [checkJoinNames, checkMainColumns, checkTimes]) check(mapping, context);
    return mapping;
  });
export type Mapping = z.output<typeof mappingSchema>;
/** A mapping as it is written in the file. */
export type MappingInput = z.input<typeof mappingSchema>;
