export {
  formatProblem,
  type ParsedEntry,
  parseEntry,
  parseEvent,
  parseText,
  withoutWhole,
} from './parse-entry.ts';
