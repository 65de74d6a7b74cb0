export {
  formatProblem,
  type ParsedEntry,
  parseAsDelivered,
  parseEntry,
  parseEvent,
  parseText,
  withoutWhole,
} from './parse-entry.ts';
