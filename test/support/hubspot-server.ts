import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendor-server.ts';

export interface HubspotContact {
  readonly id: string;
  readonly properties: Record<string, string>;
}

interface Input {
  readonly id: string;
  readonly idProperty?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly objectWriteTraceId?: string;
}

const json = (status: number, body: unknown): VendorAnswer => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

const refuse = (
  status: number,
  category: string,
  message: string,
  errors?: readonly unknown[],
): VendorAnswer =>
  json(status, { status: 'error', category, message, correlationId: 'c-1', ...(errors && { errors }) });

/** The custom properties that the account has, with the values that a property allows. */
type HubspotProperties = Readonly<Record<string, readonly string[] | 'any'>>;

const isUnique = (property: string): boolean => property === 'email';

const findPropertyProblem = (
  inputs: readonly Input[],
  properties: HubspotProperties,
): VendorAnswer | undefined => {
  for (const [name, value] of inputs.flatMap((input) => Object.entries(input.properties))) {
    const allowed = properties[name];
    if (allowed === undefined)
      return refuse(400, 'VALIDATION_ERROR', `Property values were not valid: "${name}" does not exist`, [
        { code: 'PROPERTY_DOESNT_EXIST', message: '…', context: { propertyName: [name] } },
      ]);
    if (value !== '' && allowed !== 'any' && !allowed.includes(value))
      return refuse(400, 'VALIDATION_ERROR', `Property values were not valid: ${value}`, [
        { code: 'INVALID_OPTION', message: '…', context: { propertyName: [name] } },
      ]);
  }
  return undefined;
};

const findBatchProblem = (inputs: readonly Input[]): VendorAnswer | undefined => {
  if (!Array.isArray(inputs) || inputs.length === 0)
    return refuse(400, 'VALIDATION_ERROR', 'Invalid input JSON: inputs');
  if (inputs.length > 100) return refuse(400, 'VALIDATION_ERROR', 'The maximum number of inputs is 100');
  const other = inputs.find(({ idProperty }) => idProperty !== undefined && !isUnique(idProperty));
  if (other !== undefined)
    return refuse(
      400,
      'VALIDATION_ERROR',
      `Unable to perform update/upsert by non-unique 0-1 property ${other.idProperty} in portal ID 1`,
    );
  const ids = inputs.map(({ id }) => id);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice === undefined) return undefined;
  return refuse(
    400,
    'VALIDATION_ERROR',
    `Duplicate IDs found in batch input: [${twice}]. IDs must be unique`,
  );
};

/**
 * Updates the contacts that exist. Those that don't are errors within a success. An id that is no number is an error
 * that names none.
 */
const update = (inputs: readonly Input[], contacts: readonly HubspotContact[]): VendorAnswer => {
  const find = ({ id, idProperty }: Input) =>
    contacts.find(
      (contact) => (idProperty === undefined ? contact.id : contact.properties[idProperty]) === id,
    );
  const results = inputs.flatMap((input) => {
    const contact = find(input);
    if (contact === undefined) return [];
    Object.assign(contact.properties, input.properties);
    return [{ id: contact.id, properties: { ...contact.properties }, archived: false }];
  });
  const errors = inputs
    .filter((input) => find(input) === undefined)
    .map(({ id, objectWriteTraceId }) => ({
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message:
        'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
      context: { ids: [id], ...(objectWriteTraceId && { objectWriteTraceId: [objectWriteTraceId] }) },
    }));
  return errors.length === 0
    ? json(200, { status: 'COMPLETE', results })
    : json(207, { status: 'COMPLETE', results, numErrors: errors.length, errors });
};

interface HubspotServerProps {
  readonly contacts: readonly HubspotContact[];
  readonly properties: HubspotProperties;
  readonly token: string;
}

/** Starts a server that takes batch updates of contacts as HubSpot does, all or none if one is invalid. */
export const startHubspotServer = ({
  contacts,
  properties,
  token,
}: HubspotServerProps): Promise<VendorServer> => {
  const answer = ({ method, path, headers, body }: VendorRequest): VendorAnswer => {
    if (method !== 'POST' || path !== '/crm/v3/objects/contacts/batch/update')
      return refuse(404, 'OBJECT_NOT_FOUND', 'resource not found');
    if (headers.authorization !== `Bearer ${token}`)
      return refuse(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    if (headers['content-type'] !== 'application/json') return refuse(415, 'VALIDATION_ERROR', 'media type');
    const { inputs } = JSON.parse(body) as { inputs: readonly Input[] };
    return findBatchProblem(inputs) ?? findPropertyProblem(inputs, properties) ?? update(inputs, contacts);
  };
  return startVendorServer(answer);
};
