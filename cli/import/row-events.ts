import { type BusEvent, type InboundType, type Problem, parseInbound } from '../../events/index.ts';
import {
  compileTest,
  computeEventId,
  dataReader,
  idReader,
  inMapping,
  leadIdReader,
  type Read,
  type Report,
  type Test,
  timeReader,
  uniqueProblems,
} from '../../shared/mapping/index.ts';
import { type Column, columnFinder, type FindColumn, type Headers, type JoinedRow } from './columns.ts';
import { type CsvCondition, type EventSpec, type Mapping, timeOf } from './mapping.ts';

/** A row of the main file with, for each joined file, all its rows that belong to the main row. */
interface MainRow {
  readonly cells: readonly string[];
  readonly joined: readonly (readonly (readonly string[])[])[];
}

export type ImportedEntry = BusEvent<InboundType>;

/** An event that a row doesn't give, since a cell that it needs is empty, or holds what the mapping omits. */
export interface PassedOver {
  /** The event's place in the mapping and its type, such as `events[2] LeadStageChanged`. */
  readonly event: string;
  readonly column: string;
}

type RowResult =
  | {
      readonly ok: true;
      readonly leadId: string;
      readonly entries: readonly ImportedEntry[];
      readonly passedOver: readonly PassedOver[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads all events of a row, or everything that is wrong with it. */
export type RowReader = (row: MainRow) => RowResult;

export type Compiled = {
  /** The columns that the mapping names: of the main file, then of each joined one. */
  readonly asked: readonly ReadonlySet<string>[];
} & (
  | { readonly ok: true; readonly read: RowReader; readonly keys: readonly Column[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }
);

interface EventReader {
  readonly type: InboundType;
  readonly path: string;
  /** The index of the joined file of which each row gives an event. */
  readonly each: number | undefined;
  /** Joined files whose columns are used. A main row may have one row of each. */
  readonly joins: readonly number[];
  /** Whether the event happened. */
  readonly happened: Test<JoinedRow>;
  /** The columns without which the event doesn't exist: required fields, and a date of its own. */
  readonly needed: readonly Column[];
  /** The columns of required fields. */
  readonly fields: readonly Column[];
  readonly at: Read<JoinedRow, string>;
  readonly data: Read<JoinedRow, Record<string, unknown>>;
  readonly recordId: Read<JoinedRow, string>;
}

/** Returns the test of a condition on a column, or on a joined file. */
const compileCondition = (
  condition: CsvCondition,
  path: string,
  find: FindColumn,
  joinNames: readonly string[],
): Test<JoinedRow> => {
  if (!('joined' in condition)) return compileTest<JoinedRow>(condition, path, find);
  const index = joinNames.indexOf(condition.joined);
  return ({ joined }) => joined[index] !== undefined;
};

const eventReader = (
  spec: EventSpec,
  index: number,
  mapping: Mapping,
  findColumn: FindColumn,
  asOf: string | undefined,
): EventReader => {
  const path = `events[${index}]`;
  const joinNames = mapping.join.map(({ name }) => name);
  const used = new Set<number>();
  const find: FindColumn = (name, where) => {
    const column = findColumn(name, where);
    if (column.join !== undefined) used.add(column.join);
    return column;
  };
  const each = spec.each === undefined ? undefined : joinNames.indexOf(spec.each);
  const tests = (spec.when ?? []).map((condition) =>
    compileCondition(condition, `${path}.when`, find, joinNames),
  );
  const own = timeOf(spec);
  const { field: column, read: at } =
    own === undefined
      ? timeReader<JoinedRow, Column>(mapping.occurredAt ?? {}, 'occurredAt', findColumn, undefined, asOf)
      : timeReader<JoinedRow, Column>(own, `${path}.at`, find, mapping.occurredAt, asOf);
  const { read: data, needed: fields } = dataReader<JoinedRow, Column>(spec, path, find, mapping.leadId);
  const needed = [...(own !== undefined && column !== undefined ? [column] : []), ...fields];
  const recordId = spec.recordId && idReader<JoinedRow>(spec.recordId, `${path}.recordId`, find);
  if (column?.join !== undefined) used.add(column.join);
  const mustExist = [...fields, ...(column ? [column] : [])].flatMap(({ join }) => join ?? []);
  return {
    type: spec.type,
    path,
    each,
    joins: [...used].filter((join) => join !== each),
    happened: (row, report) =>
      mustExist.every((join) => row.joined[join] !== undefined) && tests.every((test) => test(row, report)),
    needed,
    fields,
    at,
    data,
    recordId: recordId ?? (() => undefined),
  };
};

/** Returns the combinations of a main row with joined rows from which events are read. */
const findRows = (
  { each, joins, path }: EventReader,
  row: MainRow,
  mapping: Mapping,
  report: Report,
): JoinedRow[] => {
  for (const join of joins) {
    const count = row.joined[join]?.length ?? 0;
    if (count < 2) continue;
    const name = mapping.join[join]?.name ?? '';
    const allowed = `one row, or "each": ${JSON.stringify(name)}`;
    report({ path: `${path}: ${name}`, given: `${count} rows of one key`, allowed });
    return [];
  }
  const single: JoinedRow = { main: row.cells, joined: row.joined.map(([first]) => first) };
  if (each === undefined) return [single];
  return (row.joined[each] ?? []).map((cells) => ({
    main: row.cells,
    joined: single.joined.map((other, index) => (index === each ? cells : other)),
  }));
};

/**
 * Returns a function that numbers equal events of one row: two events of one row with the same content are two events.
 */
const distinctWithin = () => {
  const seen = new Map<string, number>();
  return (id: string): string => {
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id}:${times}`;
  };
};

const toSeconds = (instant: string): string => `${instant.slice(0, 'yyyy-MM-ddTHH:mm:ss'.length)}Z`;

/**
 * Turns a mapping into the function that reads a row, once the existing columns are known.
 *
 * @param now the clock, in milliseconds since 1970: the contract refuses events that are ahead of it
 * @param asOf the instant for which the files tell the state of things, if the mapping needs it
 */
export const compileMapping = (
  mapping: Mapping,
  headers: Headers,
  now: () => number,
  asOf?: string | undefined,
): Compiled => {
  const { find, problems, asked } = columnFinder(mapping, headers);
  const readLeadId = leadIdReader<JoinedRow>(mapping.leadId, 'leadId', find);
  const keys = mapping.join.map(({ key, on }, index) => find(on ?? key, `join[${index}].on`));
  const events = mapping.events.map((spec, index) => eventReader(spec, index, mapping, find, asOf));
  if (problems.length > 0) return { ok: false, problems: uniqueProblems(problems), asked };

  const read: RowReader = (row) => {
    const found: Problem[] = [];
    const report: Report = (problem) => found.push(problem);
    const distinct = distinctWithin();
    const single: JoinedRow = { main: row.cells, joined: [] };
    const leadId = readLeadId(single, report);
    const entries: ImportedEntry[] = [];
    const passedOver: PassedOver[] = [];
    const passOver = ({ path, type }: EventReader, { name }: Column) =>
      passedOver.push({ event: `${path} ${type}`, column: name });

    const add = (event: EventReader, joinedRow: JoinedRow) => {
      if (!event.happened(joinedRow, report)) return;
      const empty = event.needed.find((column) => !column.isFilled(joinedRow, report));
      if (empty !== undefined) return void passOver(event, empty);
      const before = found.length;
      const data = event.data(joinedRow, report);
      if (data === undefined && found.length === before) {
        // Nothing is said: the mapping omits what the cell of a required field holds, or all cells of a bag are empty.
        const [column] = event.fields;
        if (column !== undefined) passOver(event, column);
        return;
      }
      const occurredAt = event.at(joinedRow, report);
      if (leadId === undefined || data === undefined || occurredAt === undefined) return;
      const content = {
        source: mapping.source,
        type: event.type,
        occurredAt,
        data: { leadId, ...data },
        recordId: event.recordId(joinedRow, report),
      };
      const entry: ImportedEntry = {
        source: content.source,
        'detail-type': content.type,
        time: toSeconds(occurredAt),
        detail: {
          metadata: { eventId: distinct(computeEventId(content)), occurredAt, schemaVersion: 1 },
          data: content.data,
        },
      };
      const parsed = parseInbound(entry, now());
      if (parsed.ok) entries.push(entry);
      else
        for (const problem of parsed.rejection.problems) report(inMapping(event.path, event.type)(problem));
    };

    for (const event of events) {
      for (const joinedRow of findRows(event, row, mapping, report)) add(event, joinedRow);
    }
    if (leadId === undefined || found.length > 0) return { ok: false, problems: uniqueProblems(found) };
    return { ok: true, leadId, entries, passedOver };
  };
  return { ok: true, read, keys, asked };
};
