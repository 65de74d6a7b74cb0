export { compilePayloadMapping } from './compile-payload-mapping.ts';
export { allowedDateFormats, compileDateFormat } from './date-format.ts';
export { takes } from './derive-text.ts';
export { dataReader } from './event-data.ts';
export { computeEventId } from './event-id.ts';
export { foldText } from './fold-text.ts';
export { isSafe, unsafeWays } from './lead-id.ts';
export {
  createNumberReader,
  type NumberOptions,
  normalizeThousands,
  thousandsSigns,
} from './number-format.ts';
export { findAtPath, findPathProblem } from './payload-path.ts';
export type {
  Identifier,
  PassedOver,
  PayloadContext,
  PayloadEvent,
  PayloadLead,
  PayloadReader,
  PayloadReading,
} from './payload-reading.ts';
export { inMapping, uniqueProblems } from './problems.ts';
export type { Field, Read, Report } from './record.ts';
export { compileTest, idReader, leadIdReader, type Test, timeReader } from './record-fields.ts';
export type {
  AtSpec,
  CellSpec,
  CellType,
  Condition,
  DataSpec,
  IdentifierSpec,
  IdSpec,
  MappedType,
  PayloadMapping,
} from './specs.ts';
export { createWordFinder } from './word-table.ts';
