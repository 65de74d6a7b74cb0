export { chooseColumns, filledColumns, type LeadColumn, readOwner } from './columns.ts';
