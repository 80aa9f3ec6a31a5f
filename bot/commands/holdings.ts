import { openHoldings } from '../dialogue/holdings.ts';
import type { Command } from './command.ts';

/** Asks what somebody holds, or reads changes to it from the words that came with the command. */
export const holdings: Command = {
  name: 'holdings',
  summary: 'Tell me what you hold, or correct it',
  phrases: [
    'my holdings',
    'what i hold',
    'what i own',
    'change my holdings',
    'i have',
    'i own',
    'i hold',
    'add cash',
  ],
  takes: '12 SPY, 0.05 BTC, 15k cash',
  namesAssets: true,
  needs: 'consent',
  run: (context, args) => openHoldings(context, args),
};
