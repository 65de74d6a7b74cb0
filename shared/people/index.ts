export {
  chooseColumns,
  filledColumns,
  type LeadColumn,
  readPerson,
} from './columns.ts';
