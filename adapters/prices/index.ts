import { statSync } from 'node:fs';
import { PortError } from '../../bot/errors.ts';
import type { PriceProvider } from '../../bot/ports.ts';
import { csvPrices } from './csv.ts';
import { sandboxPrices } from './sandbox.ts';
import { yahooPrices } from './yahoo.ts';

/**
 * The provider that a setting names: sandbox, sandbox:<seed>, csv:<file> or yahoo.
 *
 * @throws {PortError} with a sentence that says what to write
 */
export function providerOf(setting: string): PriceProvider {
  const [kind, ...rest] = setting.split(':');
  const detail = rest.join(':');
  if (kind === 'sandbox') {
    if (detail === '' && rest.length === 0) return sandboxPrices(1);
    if (/^\d{1,9}$/.test(detail)) return sandboxPrices(Number(detail));
    throw refused(
      `KEEL_PRICES is "${setting}"; the seed of a sandbox is a whole number, as in sandbox:7.`,
    );
  }
  if (kind === 'csv' && detail !== '') {
    if (!statSync(detail, { throwIfNoEntry: false })?.isFile()) {
      throw refused(
        `KEEL_PRICES names ${detail}, which is not a file; write csv: and the path of a price file.`,
      );
    }
    return csvPrices(detail);
  }
  if (setting === 'yahoo') return yahooPrices();
  throw refused(`KEEL_PRICES is "${setting}"; write sandbox, sandbox:<seed>, csv:<file> or yahoo.`);
}

function refused(message: string): PortError {
  return new PortError('prices', 'refused', message);
}
