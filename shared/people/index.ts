export {
  chooseColumns,
  filledColumns,
  type LeadColumn,
  type Person,
  readPerson,
} from './columns.ts';
