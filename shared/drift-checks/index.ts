export {
  checkItem,
  type DriftCheck,
  parseCheck,
} from './check.ts';
export { readLastCheck, readReferences } from './read-checks.ts';
