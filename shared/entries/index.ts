export { formatProblem, type ParsedEntry, parseEntry, parseText, withoutWhole } from './parse-entry.ts';
