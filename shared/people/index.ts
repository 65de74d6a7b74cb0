export { chooseColumns, filledColumns, type LeadColumn, readOwner, readPerson } from './columns.ts';
