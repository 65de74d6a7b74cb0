import {
  createModelRegistry,
  type ModelRegistry,
  RegistryError,
  type RegistryErrorCode,
} from '../../shared/model-store/index.ts';
import { CliError } from '../errors.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';

/** The advice about an error of the registry, by its code. */
const hints: Readonly<Record<RegistryErrorCode, string>> = {
  MODEL_VERSION_TAKEN:
    'a published model never changes, since leads are explained by it: raise `version` in the document',
  MODEL_TOO_LARGE: 'take out what no rule needs, such as long descriptions',
  MODEL_NOT_PUBLISHED: '`sluice model list` lists what is published; `sluice model publish` publishes a file',
  MODEL_ALREADY_ACTIVE: '`sluice model list` shows which model is active',
  NO_EARLIER_MODEL: '`sluice model history` shows which models were active',
  MODELS_CHANGED: '`sluice model history` shows who did what; then repeat the command if it is still right',
  NO_SHADOW: '`sluice model list` shows whether there is a shadow model',
};

/** Runs work with the registry of models of a stack. @throws CliError for what the registry refuses */
export const withRegistry = <T>(
  options: ConnectOptions,
  work: (registry: ModelRegistry, connection: Connection) => Promise<T>,
): Promise<T> =>
  withConnection(options, async (connection) => {
    const { dynamodb: client, leadsTable: table, now } = connection;
    try {
      return await work(createModelRegistry({ client, table, now }), connection);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      throw new CliError(error.code, error.message, { cause: error, details: [hints[error.code]] });
    }
  });
