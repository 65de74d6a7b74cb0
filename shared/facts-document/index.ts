export { buildFacts, instantOfDocument } from './build-facts.ts';
