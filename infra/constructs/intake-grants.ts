import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { identifierKey, leadKey, pairsPartition, sourcesPartition } from '../../shared/keys/index.ts';
import { grantTakingIn } from './event-grants.ts';
import { leadAttributes, quarantineAttributes } from './item-attributes.ts';
import { grantChanging, grantPartitions, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { grantSecrets, type Secrets } from './secrets.ts';
import type { SluiceFunction } from './sluice-function.ts';

/** The name of the file with the sources beside a bundle; the value of `SOURCES_FILE`. */
export const sourcesFileName = 'sources.json';

/** The tables, the bus and the secrets that taking in payloads needs. */
export interface IntakeStores {
  readonly leads: TableV2;
  readonly identities: TableV2;
  readonly quarantine: TableV2;
  readonly requests: TableV2;
  readonly bus: EventBus;
  readonly secrets: Secrets;

  /**
   * The key that encrypts tables and secrets.
   *
   * @default - keys of AWS
   */
  readonly key: IKey | undefined;
}

/** Returns the variables of a function that takes in payloads of sources. */
export const intakeEnvironment = ({
  leads,
  identities,
  quarantine,
  requests,
  bus,
  secrets,
}: IntakeStores) => ({
  LEADS_TABLE: leads.tableName,
  IDENTITIES_TABLE: identities.tableName,
  QUARANTINE_TABLE: quarantine.tableName,
  REQUESTS_TABLE: requests.tableName,
  BUS_NAME: bus.eventBusName,
  IDENTITY_KEY_ID: secrets.identityKey.ref,
  SOURCES_FILE: sourcesFileName,
});

/**
 * Grants what taking in payloads needs: to link identifiers, to note what came last, to quarantine what can't be mapped,
 * and to put events.
 */
export const grantIntake = (lambda: SluiceFunction['lambda'], stores: IntakeStores): void => {
  const { leads, identities, quarantine, requests, bus, secrets, key } = stores;
  const ofLeads = leadKey('*');
  const partitions = [identifierKey('*').pk, ofLeads, pairsPartition];
  grantPartitions(identities, lambda, partitions, 'BatchGetItem', 'PutItem', 'UpdateItem');
  // That a lead was neither erased nor merged since it was read.
  grantPartitions(identities, lambda, [ofLeads], 'ConditionCheckItem');
  // Of the lead that an identifier belongs to, whether it was merged or erased.
  grantReading(leads, lambda, 'BatchGetItem', leadAttributes.intake.read);
  // The names of unknown payloads are read, so that few of them are counted.
  grantPartitions(requests, lambda, [sourcesPartition], 'GetItem', 'UpdateItem');
  grantReading(quarantine, lambda, 'Query', quarantineAttributes.intake.read);
  grantChanging(quarantine, lambda, 'UpdateItem', quarantineAttributes.intake.update);
  grantTakingIn(bus, lambda);
  grantSecrets(lambda, key, secrets.identityKey);
  grantKey(key, lambda, 'tables');
};
