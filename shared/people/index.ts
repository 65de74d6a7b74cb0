export { type ColumnProps, chooseColumns, filledColumns, type LeadColumn } from './columns.ts';
