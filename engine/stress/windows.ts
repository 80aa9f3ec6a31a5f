import { dayNumber } from '../calendar.ts';

/** A bad stretch of history, from a market's peak to its trough. */
export interface StressWindow {
  readonly id: '2008' | '2020' | '2022';
  /** As said in a sentence. */
  readonly name: string;
  /** UTC day numbers of the closes it runs between. */
  readonly fromDay: number;
  readonly toDay: number;
}

/** Peak to trough of the S&P 500 each time. */
export const stressWindows: readonly StressWindow[] = [
  {
    id: '2008',
    name: 'the financial crisis of 2008',
    fromDay: dayNumber(2007, 10, 9),
    toDay: dayNumber(2009, 3, 9),
  },
  {
    id: '2020',
    name: 'the pandemic crash of 2020',
    fromDay: dayNumber(2020, 2, 19),
    toDay: dayNumber(2020, 3, 23),
  },
  {
    id: '2022',
    name: 'the rise of interest rates in 2022',
    fromDay: dayNumber(2022, 1, 3),
    toDay: dayNumber(2022, 10, 12),
  },
];
