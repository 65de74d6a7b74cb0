/**
 * The metrics that a service of AWS emits, with their dimensions, as the documentation lists them: a metric with
 * another name or dimension gives an empty graph and an alarm that never goes off.
 *
 * - https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * - https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 * - https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
interface KnownMetrics {
  readonly names: readonly string[];
  /** Sets of dimensions, each sorted. */
  readonly dimensions: readonly (readonly string[])[];
}

export const awsMetrics: Readonly<Record<string, readonly KnownMetrics[]>> = {
  'AWS/Lambda': [
    {
      names: ['Invocations', 'Errors', 'Throttles', 'Duration', 'IteratorAge', 'ConcurrentExecutions'],
      dimensions: [['FunctionName'], ['ExecutedVersion', 'FunctionName', 'Resource']],
    },
    {
      // Emitted only if the mapping has the metrics group EventCount.
      names: ['DroppedEventCount', 'OnFailureDestinationDeliveredEventCount', 'FailedInvokeEventCount'],
      dimensions: [['EventSourceMappingUUID']],
    },
  ],
  'AWS/SQS': [
    {
      names: [
        'ApproximateAgeOfOldestMessage',
        'ApproximateNumberOfMessagesVisible',
        'NumberOfMessagesSent',
        'NumberOfMessagesReceived',
        'NumberOfMessagesDeleted',
        'NumberOfEmptyReceives',
      ],
      dimensions: [['QueueName']],
    },
  ],
  'AWS/Events': [
    // Rules of the default bus have no EventBusName; all others have both.
    {
      names: ['FailedInvocations', 'InvocationsFailedToBeSentToDlq', 'TriggeredRules'],
      dimensions: [['EventBusName', 'RuleName']],
    },
    {
      names: ['PutEventsEntriesCount', 'PutEventsFailedEntriesCount', 'PutEventsApproximateThrottledCount'],
      dimensions: [[]],
    },
  ],
  'AWS/DynamoDB': [
    {
      names: [
        'ReadThrottleEvents',
        'WriteThrottleEvents',
        'ConsumedReadCapacityUnits',
        'ConsumedWriteCapacityUnits',
      ],
      dimensions: [['TableName'], ['GlobalSecondaryIndexName', 'TableName']],
    },
  ],
  'AWS/ApiGateway': [
    {
      names: ['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency', 'DataProcessed'],
      dimensions: [['ApiId'], ['ApiId', 'Stage']],
    },
  ],
  'AWS/Logs': [{ names: ['IncomingBytes'], dimensions: [['LogGroupName']] }],
};
