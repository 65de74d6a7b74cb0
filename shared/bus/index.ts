export { type Bus, type BusProps, createBus, putEntries, requestsOf } from './publish.ts';
