export { chooseColumns, filledColumns, type LeadColumn } from './columns.ts';
