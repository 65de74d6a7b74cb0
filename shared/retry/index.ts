export { fullJitter, type Wait, wait } from './backoff.ts';
