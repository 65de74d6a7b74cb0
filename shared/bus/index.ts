export { type Bus, type BusProps, createBus, requestsOf } from './publish.ts';
