export { createDynamoDbFollowUps } from './dynamodb-follow-ups.ts';
export type { FollowUps, HandoffRequest, HandoffVerdict, Noted, Opened } from './follow-ups.ts';
export { buildPositionKey } from './position.ts';
