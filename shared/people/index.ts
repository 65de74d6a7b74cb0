export {
  type ColumnProps,
  chooseColumns,
  filledColumns,
  type LeadColumn,
  readOwner,
} from './columns.ts';
