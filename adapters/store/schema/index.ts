export * from './advice.ts';
export * from './audit.ts';
export * from './conversations.ts';
export * from './links.ts';
export * from './market.ts';
export * from './people.ts';
export * from './trading.ts';
export * from './web.ts';
