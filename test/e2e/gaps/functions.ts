/**
 * A handler without dependencies that sends to a queue what each invocation was given, by the bodies of messages or the
 * keys of stream records, and then does what they ask for: `throw…` fails the invocation, `fail…` is reported as
 * failed.
 */
const recorder = `
const tell = (MessageBody) => fetch(process.env.AWS_ENDPOINT_URL, {
  method: 'POST',
  headers: {
    'x-amz-target': 'AmazonSQS.SendMessage',
    'content-type': 'application/x-amz-json-1.0',
    authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
  },
  body: JSON.stringify({ QueueUrl: process.env.SEEN, MessageBody }),
});
const wordOf = (record) => record.body ?? record.dynamodb?.Keys.pk.S;
const idOf = (record) => record.messageId ?? record.dynamodb?.SequenceNumber;
exports.handler = async (event) => {
  const records = event.Records ?? [];
  const words = records.map(wordOf);
  await tell(JSON.stringify(records.length > 0 ? words : event));
  if (words.some((word) => word.startsWith('throw'))) throw new Error('as asked');
  const failed = records.filter((record) => wordOf(record).startsWith('fail'));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: idOf(record) })) };
};
`;

const ref = (Ref: string): object => ({ Ref });
export const buildArn = (logicalId: string): object => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
  },
};

/** A recorder with its queue and the role that a function must have: `Fn`, `Seen` and `Role`. */
export const recorderResources = {
  Role: role,
  Seen: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'Seen' } },
  Fn: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: buildArn('Role'),
      Timeout: 20,
      Code: { ZipFile: recorder },
      Environment: { Variables: { SEEN: ref('Seen') } },
    },
  },
};
