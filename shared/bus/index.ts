export { type Bus, type BusProps, buildPutEntry, createBus, putEntries, splitRequests } from './publish.ts';
