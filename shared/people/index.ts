export {
  chooseColumns,
  filledColumns,
  foldOwner,
  type LeadColumn,
  readOwner,
  readPerson,
} from './columns.ts';
