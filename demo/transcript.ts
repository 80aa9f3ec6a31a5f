/** One thing a person does. */
export type Turn =
  | { readonly say: string }
  /** The label of a button, or how it begins. */
  | { readonly press: string }
  | { readonly file: string; readonly content: string }
  /** Waits until a message says this. */
  | { readonly until: string };

/**
 * What one person does from hello to fills and beyond, the same on every platform: words, buttons,
 * a file, things not understood. Forms are left out, because platforms without them ask in words, and /export,
 * because it holds the identities themselves.
 */
export const transcript: readonly Turn[] = [
  { say: 'hello' },
  { press: 'I have read this and agree' },
  { press: 'In 6 to 10 years' },
  { press: 'No debt' },
  { press: '6 months or more' },
  { press: 'Back' },
  { press: '6 months or more' },
  { press: 'Steady' },
  { press: 'A quarter to a half' },
  { press: 'I have picked stocks or funds myself for years' },
  { press: 'Wait and change nothing' },
  { press: 'Up to 20 %: $2,000 of $10,000' },
  { press: 'A 50 % chance of $5,000' },
  { press: 'A fall by a fifth' },
  { press: 'Set a goal' },
  { press: 'An amount by a date' },
  { say: '90k towards a house by June 2032, adding 500 a month' },
  { press: 'Yes' },
  { press: 'Tell what I hold' },
  { file: 'holdings.csv', content: 'symbol,quantity\nSPY,12\nAGG,40\nBTC-USD,0.05\n' },
  { press: 'Yes' },
  { say: '/holdings 15k cash' },
  { press: 'Yes' },
  { say: '/recommend' },
  { say: '/why' },
  { say: '/portfolio' },
  { say: 'flibbertigibbet' },
  { say: '/stress' },
  { say: '/rebalance' },
  { press: 'Confirm' },
  { until: 'Done: your portfolio' },
  { say: '/portfolio' },
  { say: '/history' },
  { say: '/help' },
];
