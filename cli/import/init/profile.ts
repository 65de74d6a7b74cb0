import type { MappingInput } from '../mapping.ts';

type Event = MappingInput['events'][number];
type Join = NonNullable<MappingInput['join']>[number];

/**
 * A file that a CRM exports, by the names of its columns. The rest is a mapping in which each column has its first name;
 * where a file has another one of `spellings`, or lacks the column, the mapping is adapted to it.
 */
export interface Profile {
  readonly name: string;
  readonly source: string;
  /** The columns without which the file is another one. */
  readonly marks: readonly string[];
  /** The other names of columns, by the first one. */
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  /** The columns of the lead's id, the best first: the first one that the file has is taken. */
  readonly leadIds: readonly string[];
  /** The columns of the date of a row, the best first. */
  readonly dates: readonly string[];
  readonly events: readonly Event[];
  /** Remarks about columns of a file for which the profile was made. */
  readonly remarks?: readonly string[];
  /** The way in which the file joins another one as the main file. */
  readonly joins?: readonly ProfileJoin[];
}

interface ProfileJoin extends Omit<Join, 'file' | 'csv'> {
  /** The name of the profile of the main file. */
  readonly to: string;
  /** The events of each joined row. Columns of this file have the name of the join before them. */
  readonly events: readonly Event[];
}
