export { type Bus, type BusProps, buildPutEntry, createBus, putEntries } from './publish.ts';
