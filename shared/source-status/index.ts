export { createSourceNotes, type SourceNotes } from './note-source.ts';
export { readSources } from './read-sources.ts';
export { joinSources, type SourceStanding } from './source-standing.ts';
export type { SourceNote, SourceStatus } from './source-status.ts';
