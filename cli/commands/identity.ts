import type { Command } from 'commander';
import { showProblem, showValue } from '../../events/index.ts';
import { checkIdentifier, findLinkedLead, type Identifier } from '../../shared/identity/index.ts';
import { createIdentityKey } from '../../shared/secrets/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { note, print, printJson } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';

interface FindOptions extends ConnectOptions {
  readonly json?: true;
}

/** Parses `type=value`. A value may have more of these signs. @throws UsageError */
const parseIdentifier = (given: string): Identifier => {
  const [type = '', ...value] = given.split('=');
  if (value.length === 0)
    throw new UsageError(
      `identifier: given ${showValue(given)}; allowed: its type and value, such as email=ada@example.com`,
    );
  const identifier = { type, value: value.join('=') };
  const problem = checkIdentifier(identifier, 'identifier');
  if (problem !== undefined) throw new UsageError(showProblem(problem));
  return identifier;
};

const lookUp = async (
  { dynamodb: client, leadsTable, output, secretsManager }: Connection,
  given: Identifier,
) =>
  findLinkedLead(
    {
      client,
      leadsTable,
      table: output('IdentitiesTableName'),
      key: createIdentityKey({ client: await secretsManager(), secretId: output('IdentityKeyArn') }),
    },
    given,
  );

const find = async (given: string, options: FindOptions): Promise<void> => {
  const identifier = parseIdentifier(given);
  const found = await withConnection(options, (connection) => lookUp(connection, identifier));
  if (found === undefined)
    throw new CliError(
      'NO_LINK',
      `no lead has this identifier of type ${identifier.type}; webhooks and partner buses link identifiers, other doors name the lead`,
    );
  const { leadId, linkedLeadId } = found;
  if (options.json) return printJson(found);
  print(leadId);
  if (leadId !== linkedLeadId) note(`It was linked to ${linkedLeadId}, which was merged into ${leadId}.`);
};

/** Adds the command that finds the lead of an identifier. */
export const addIdentity = (program: Command): void => {
  const identity = program.command('identity').description('the leads that identifiers are linked to');
  withConnectionOptions(
    identity
      .command('find')
      .description('print the id of the lead that an identifier is linked to, and nothing else')
      .argument('<type=value>', 'the identifier, such as email=ada@example.com')
      .option('--json', 'print one JSON object: the lead, and since when it is linked'),
  ).action(find);
};
