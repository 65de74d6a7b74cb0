// Keys, key prefixes and index names of everything that is stored. Nothing here needs the AWS SDK: infra reads it too.

export * from './anchors.ts';
export * from './deliveries.ts';
export * from './due.ts';
export * from './funnel.ts';
export * from './identities.ts';
export * from './leads.ts';
export * from './models.ts';
export * from './position.ts';
export * from './quarantine.ts';
export * from './requests.ts';
export * from './sources.ts';
