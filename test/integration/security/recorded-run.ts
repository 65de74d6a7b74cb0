import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ensureAssembly } from '../../../cli/stack/assembly.ts';
import { askToken } from '../../../cli/token/ask-token.ts';
import type { Assembly } from '../../../infra/local/assembly.ts';
import { readAssembly } from '../../../infra/local/assembly.ts';
import type { DeliveredEvent } from '../../../infra/local/put-events.ts';
import type { Resource } from '../../../infra/local/resource-types.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { dueIndex, leadSortKeys } from '../../../shared/keys/index.ts';
import { createModelRegistry } from '../../../shared/model-store/index.ts';
import { createDynamoDbQuarantineAdmin } from '../../../shared/quarantine/index.ts';
import type { ModelDocument } from '../../../shared/scoring/index.ts';
import { ApiClient } from '../../e2e/api/api-client.ts';
import { people } from '../../e2e/api/people.ts';
import { functionNamed, ofType } from '../../security/grants/template.ts';
import { type Recorder, startRecorder } from '../../security/recorder/start-recorder.ts';
import { everyPath } from '../../security/scenario/every-path.ts';
import { integrationWords } from '../../security/scenario/integrations.ts';
import type { Target } from '../../security/scenario/target.ts';
import { storeModel } from '../../support/store-model.ts';
import { aimDeliveries, startDeliveryTarget } from './delivery-target.ts';

export interface RecordedRun {
  readonly assembly: Assembly;
  readonly recorder: Recorder;
  readonly counts: ReturnType<LocalStack['counts']>;
  /** Every line that functions printed, with logs at the most detailed level. */
  readonly lines: readonly string[];
  /** The ids of all leads in announcements. */
  readonly leadIds: readonly string[];
}

interface SentEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: object;
}

const together = 10;

const findSchedules = (assembly: Assembly): Resource[] =>
  ofType(assembly, 'AWS::Scheduler::Schedule').flatMap(({ stack, properties }) => {
    const { Arn } = properties.Target as { Arn: unknown };
    const scheduled = functionNamed(assembly, Arn, stack);
    return scheduled?.type === 'AWS::Lambda::Function' ? scheduled : [];
  });

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Notes a step on each quarantined event of a lead, past the recorder: operators have rights of their own. */
const discard = async (stack: LocalStack, leadId: string, note: string): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: stack.endpoint,
    region: 'us-east-1',
    credentials,
  });
  const quarantine = createDynamoDbQuarantineAdmin(client, String(stack.tables.Quarantine));
  const by = { actor: 'operator', at: new Date().toISOString() };
  for await (const { id, times } of quarantine.list({ leadId }))
    await quarantine.note(id, { step: 'discarded', ...by, note, times });
  client.destroy();
};

/** Puts messages into the queue of hand-off, past the recorder: `advance-leads` has rights of its own. */
const sendToHandOff = async (stack: LocalStack, entries: readonly object[]): Promise<void> => {
  const client = new SQSClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  for (const entry of entries)
    await client.send(
      new SendMessageCommand({
        QueueUrl: String(stack.outputs.HandOffQueueUrl),
        MessageBody: JSON.stringify(entry),
      }),
    );
  client.destroy();
};

/** Stores a model, past the recorder. Only its policy is read. */
const storeUnseen = async (stack: LocalStack, version: string, document: object): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  const table = String(stack.tables.Leads);
  await storeModel({ client, table }, { version, document: document as ModelDocument });
  client.destroy();
};

/** Publishes and activates a model, past the recorder, as operators do. */
const activateModel = async (stack: LocalStack, document: ModelDocument): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  const registry = createModelRegistry({ client, table: String(stack.tables.Leads), now: Date.now });
  const author = { by: 'ana', reason: 'every path is taken' };
  const published = await registry.publish(document, author);
  await registry.activate(published?.modelVersion ?? '', 'all', author);
  client.destroy();
};

/**
 * Removes what was counted of a lead, past the recorder. The first recount takes it for a lead from before the funnel was
 * counted, and counts it. Time must not change the lead before that, or it would be counted as usual.
 */
const forgetCount = async (stack: LocalStack): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  const TableName = String(stack.tables.Leads);
  const { Items = [] } = await client.send(
    new ScanCommand({
      TableName,
      FilterExpression: `sk = :state AND attribute_exists(stage) AND attribute_not_exists(${dueIndex.sortKey})`,
      ExpressionAttributeValues: { ':state': { S: leadSortKeys.state } },
    }),
  );
  const { pk } = Items[0] ?? {};
  if (pk === undefined) throw new Error('time will change every lead');
  await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk: { S: leadSortKeys.funnel } } }));
  client.destroy();
};

/** Sets the secrets of the source and of the targets, past the recorder, as operators do. */
const setSecrets = async (stack: LocalStack): Promise<void> => {
  const client = new SecretsManagerClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  const set = (SecretId: string | undefined, value: object) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }));
  const signing = [`whsec_${Buffer.from(integrationWords.secret).toString('base64')}`];
  await set(stack.outputs.SourceSecretsArn, {
    form: [integrationWords.secret],
    shop: [integrationWords.secret],
  });
  await set(stack.outputs.TargetSecretsArn, { works: signing, gone: signing });
  client.destroy();
};

const sendWebhook = async (
  { outputs }: LocalStack,
  source: string,
  body: object,
  secret: string = integrationWords.secret,
): Promise<void> => {
  const answer = await fetch(`${outputs.HooksUrl}/hooks/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  });
  const wanted = secret === integrationWords.secret ? 200 : 401;
  if (answer.status !== wanted)
    throw new Error(`the webhook was answered by ${answer.status}: ${await answer.text()}`);
};

const partnerBus = (partner: string): string => `aws.partner/segment.com/${partner}-example`;

/** Opens both doors of the API, which have one address here. */
const createApi = ({ endpoint: url }: LocalStack): ApiClient =>
  new ApiClient({
    people: () => ({ url }),
    services: () => ({ url }),
    issueToken: (person) => askToken(url, { ...people[person], hours: 1 }),
    sign: async () => ({ region: 'us-east-1', credentials }),
  });

const createTarget = (assembly: Assembly, stack: LocalStack, seen: readonly DeliveredEvent[]): Target => ({
  api: createApi(stack),
  put: async (entries) => {
    const wanted = (entries as readonly SentEvent[]).map((entry) => ({
      EventBusName: stack.bus,
      Source: entry.source,
      DetailType: entry['detail-type'],
      Detail: JSON.stringify(entry.detail),
    }));
    for (let at = 0; at < wanted.length; at += together) stack.putEvents(wanted.slice(at, at + together));
  },
  sendWebhook: (...given) => sendWebhook(stack, ...given),
  putPartnerEvent: async (detail, partner) => {
    const bus = partnerBus(partner ?? 'private');
    const Detail = JSON.stringify(detail);
    stack.putEvents([{ EventBusName: bus, Source: bus, DetailType: 'track', Detail }]);
  },
  settle: () => stack.idle(),
  discard: (leadId, note) => discard(stack, leadId, note),
  sendToHandOff: (entries) => sendToHandOff(stack, entries),
  forgetCount: () => forgetCount(stack),
  storeModel: (version, document) => storeUnseen(stack, version, document),
  activateModel: (document) => activateModel(stack, document as ModelDocument),
  announced: (type) =>
    seen
      .filter((event) => event.source === 'sluice' && event['detail-type'] === type)
      .map(({ detail }) => detail.data as Record<string, unknown>),
  runScheduled: async () => {
    for (const { path } of findSchedules(assembly)) {
      const result = await stack.invoke(path, {});
      if (!result.ok) throw new Error(`${path} failed: ${result.error.message}`);
    }
    await stack.idle();
  },
});

const collectLeadIds = (seen: readonly DeliveredEvent[]): string[] => [
  ...new Set(seen.flatMap(({ detail }) => (detail.data as { leadId?: string } | undefined)?.leadId ?? [])),
];

/** The folders of the documents of the scenario: a source of webhooks, one on a partner bus, and two targets. */
const documents = {
  sources: 'test/security/scenario/sources',
  deliveries: 'test/security/scenario/deliveries',
};

/** Returns what went wrong, with what the functions said of it. */
const withErrors = (error: unknown, lines: readonly string[]): Error => {
  const said = lines.filter((line) => line.includes('"ERROR"'));
  return new Error([error instanceof Error ? error.message : String(error), ...said].join('\n'), {
    cause: error,
  });
};

/** Runs the scenario on the app as it is deployed, with the recorder between its functions and the local runtime. */
export const recordRun = async (): Promise<RecordedRun> => {
  const deliveryTarget = await startDeliveryTarget();
  const folder = aimDeliveries(await ensureAssembly(() => undefined, documents), deliveryTarget.baseUrl);
  const assembly = readAssembly(folder);
  const recorder = await startRecorder();
  const seen: DeliveredEvent[] = [];
  const lines: string[] = [];
  const services = ['DYNAMODB', 'EVENTBRIDGE', 'S3', 'SQS', 'LAMBDA', 'SECRETS_MANAGER'];
  const stack = await startLocalStack({
    assembly: folder,
    environment: {
      LOG_LEVEL: 'DEBUG',
      ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, recorder.endpoint])),
    },
    batchWindowMs: 50,
    retryDelayMs: 200,
    longestDelayMs: 0,
    onEvent: (event) => seen.push(event),
    onLog: (_name, line) => lines.push(line),
  });
  try {
    recorder.forwardTo(stack.endpoint);
    await setSecrets(stack);
    await everyPath(createTarget(assembly, stack, seen));
    return { assembly, recorder, counts: stack.counts(), lines, leadIds: collectLeadIds(seen) };
  } catch (error) {
    throw withErrors(error, lines);
  } finally {
    await stack.close();
    await recorder.close();
    await deliveryTarget.close();
  }
};
