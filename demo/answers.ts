/** Answers to the questionnaire, by question name, of people with different means and nerves. */
export const personas = {
  conservative: {
    horizon: '3-5',
    debts: 'cheap',
    emergency: '3-5',
    income: 'steady',
    share: 'half',
    knowledge: 'none',
    fall: 'sell-some',
    loss: '5',
    'gamble-prize': 'sure',
    'gamble-income': 'none',
  },
  balanced: {
    horizon: '6-10',
    debts: 'none',
    emergency: '6-plus',
    income: 'steady',
    share: 'quarter',
    knowledge: 'some',
    fall: 'hold',
    loss: '20',
    'gamble-prize': 'half',
    'gamble-income': 'fifth',
  },
  aggressive: {
    horizon: 'over-10',
    debts: 'none',
    emergency: '6-plus',
    income: 'secure',
    share: 'small',
    knowledge: 'expert',
    fall: 'buy-more',
    loss: 'more',
    'gamble-prize': 'twentieth',
    'gamble-income': 'half',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Persona = keyof typeof personas;
