import type { ActivationActions } from '../../events/index.ts';
import type { ModelDocument } from '../scoring/index.ts';

/** The acts of people with models, in the append-only history. */
export const modelActs = ['published', 'activated', 'rolled-back', 'shadowed', 'unshadowed'] as const;
type ModelAct = (typeof modelActs)[number];

/** The person who did something with models, and the reason. */
export interface Author {
  /** 1 to 128 characters. */
  readonly by: string;
  /** 1 to 500 characters. */
  readonly reason: string;
  /** The request by which it was asked for, if that had a key of its own. */
  readonly request?: KeyedChange;
}

/** A request that its caller has given a key, so that it is carried out once even if it is sent again. */
export interface KeyedChange {
  /** A digest of the caller and the key. */
  readonly key: string;
  /** A digest of what is asked for. */
  readonly fingerprint: string;
}

/** An entry of the history. */
export interface ModelHistoryEntry extends Author {
  /** 1 for the first, without gaps. */
  readonly revision: number;
  readonly act: ModelAct;
  readonly modelVersion: string;
  /** The model that was active before, if this one became active. */
  readonly previousModelVersion?: string;
  /** Whether the activation starts and stops what follows from it. */
  readonly actions?: ActivationActions;
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** The models in use. */
export interface ModelPointer {
  /** The revision of the last entry of the history: a change is conditional on it. */
  readonly revision: number;
  /** The version of the active model; undefined as long as nothing but publishing was done. */
  readonly active?: string;
  /** The revision by which it became active. */
  readonly activeRevision?: number;
  /** The instant at which it became active: UTC, ISO 8601. */
  readonly activatedAt?: string;
  readonly actions?: ActivationActions;
  /** The models that were active before, the last one at the end: a rollback takes it. At most 50. */
  readonly earlier: readonly string[];
  /** The version of the shadow model, if there is one. */
  readonly shadow?: string;
}

/** A published model as it is listed. */
export interface PublishedModel {
  readonly modelVersion: string;
  readonly title: string;
  /** UTC, ISO 8601. */
  readonly storedAt: string;
}

/** The codes of what can't be done with models. */
const registryErrorCodes = [
  /** Another document is published under the version. */
  'MODEL_VERSION_TAKEN',
  /** The document takes more bytes than an item of the table holds. */
  'MODEL_TOO_LARGE',
  /** The version isn't published. */
  'MODEL_NOT_PUBLISHED',
  /** The model is active already. */
  'MODEL_ALREADY_ACTIVE',
  /** There is no model to go back to. */
  'NO_EARLIER_MODEL',
  /** Somebody else was first. */
  'MODELS_CHANGED',
  /** There is no shadow model to end. */
  'NO_SHADOW',
] as const;
export type RegistryErrorCode = (typeof registryErrorCodes)[number];

/** Thrown if something can't be done with a model. Nothing was changed. */
export class RegistryError extends Error {
  readonly code: RegistryErrorCode;
  constructor(code: RegistryErrorCode, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.code = code;
  }
}

/**
 * The models of a deployment: what is published, active and shadowed, with the history of it. Each change is one
 * transaction of the pointer, the history and what belongs to it, so that nothing is ever half done; of two changes at
 * once one is done, and the other fails with an error that says so.
 */
export interface ModelRegistry {
  /** Reads the pointer, consistently; undefined as long as nothing is stored. */
  readPointer(): Promise<ModelPointer | undefined>;
  /**
   * Publishes a checked document under its version. Publishing the same document again changes nothing.
   *
   * @throws RegistryError `MODEL_VERSION_TAKEN`, `MODEL_TOO_LARGE` or `MODELS_CHANGED`
   */
  publish(document: ModelDocument, author: Author): Promise<ModelHistoryEntry | undefined>;
  /**
   * Makes a published model the active one, and requests the rescoring of all leads.
   *
   * @param expected the active version that the caller has seen; of another one, nothing is changed
   * @throws RegistryError
   */
  activate(
    version: string,
    actions: ActivationActions,
    author: Author,
    expected?: string,
  ): Promise<ModelHistoryEntry>;
  /**
   * Makes the model active again that was so before the current one; rolling back twice goes back two models.
   *
   * @param expected the active version that the caller has seen; of another one, nothing is changed
   * @throws RegistryError `NO_EARLIER_MODEL` past the first one
   */
  rollBack(actions: ActivationActions, author: Author, expected?: string): Promise<ModelHistoryEntry>;
  /** Scores leads by a published model as well, or by none. @throws RegistryError */
  shadow(version: string | undefined, author: Author): Promise<ModelHistoryEntry>;
  /** Lists the published models, by version. */
  list(most: number): Promise<readonly PublishedModel[]>;
  /** Reads the history, the latest first. @param before reads only entries before this revision */
  history(most: number, before?: number): Promise<readonly ModelHistoryEntry[]>;
  /** Loads a published document. */
  load(version: string): Promise<ModelDocument | undefined>;
}
