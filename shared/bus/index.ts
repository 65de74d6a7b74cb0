export { type Bus, type BusProps, createBus, putEntries, putEntryOf, requestsOf } from './publish.ts';
