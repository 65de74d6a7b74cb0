import { type IncomingMessage, request } from 'node:http';
import { localSignature } from '../dynamodb-wire.ts';
import { createAgent } from '../engine/connection.ts';
import type { Engine } from '../engine/engine.ts';
import { refuseJson } from './json.ts';
import { type Answer, type Protocol, targetOf } from './protocol.ts';

const readAnswer = async (incoming: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const { 'x-amz-crc32': checksum, 'content-type': type = 'application/x-amz-json-1.0' } = incoming.headers;
  return {
    status: incoming.statusCode ?? 502,
    headers: { 'content-type': type, ...(checksum !== undefined && { 'x-amz-crc32': String(checksum) }) },
    body: Buffer.concat(chunks),
  };
};

/** Passes DynamoDB and its streams on to the engine, and returns the engine's answer. */
export const dynamoDbProtocol = ({ endpoint, connect }: Pick<Engine, 'endpoint' | 'connect'>): Protocol => {
  const agent = createAgent(connect);
  const forward = (target: string, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...localSignature,
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.0',
      };
      request(endpoint, { method: 'POST', agent, headers }, (incoming) => resolve(readAnswer(incoming)))
        .on('error', reject)
        .end(body);
    });
  return {
    speaks: (head) => /^DynamoDB(Streams)?_20120810\.\w+$/.test(targetOf(head)),
    answer: (incoming) => forward(targetOf(incoming), incoming.body),
    refuse: refuseJson,
    close: () => agent.destroy(),
  };
};
