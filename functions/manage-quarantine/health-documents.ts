import { resolve } from 'node:path';

// An import of node:fs as an ES module loads all of its streams; init has no use for them.
const { readFileSync } = process.getBuiltinModule('node:fs');

/** The part of the deployed documents that health needs. They were checked then. */
export interface HealthDocuments {
  /** Undefined if the deployment takes in nothing from sources. */
  readonly sources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly silentAfterHours?: number;
  }[];
  /** Undefined if the deployment delivers nothing. */
  readonly subscriptions?: readonly { readonly name: string; readonly kind: string }[];
}

/** Reads the documents. @param file relative to the bundle's folder, or absolute */
export const readHealthDocuments = (file: string, folder: string = import.meta.dirname): HealthDocuments =>
  JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as HealthDocuments;
