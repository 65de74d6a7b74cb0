export { type Bus, type BusProps, buildPutEntry, createBus, measureEntry, putEntries } from './publish.ts';
