import { type EngineAddress, openEngine } from '../engine/address.ts';
import { refuseJson } from './json.ts';
import { type Protocol, targetOf } from './protocol.ts';

/** Passes DynamoDB and its streams on to the engine, and returns the engine's answer. */
export const dynamoDbProtocol = (address: EngineAddress): Protocol => {
  const engine = openEngine(address);
  return {
    speaks: (head) => /^DynamoDB(Streams)?_20120810\.\w+$/.test(targetOf(head)),
    answer: (incoming) => engine.send(targetOf(incoming), incoming.body),
    refuse: refuseJson,
    close: engine.close,
  };
};
