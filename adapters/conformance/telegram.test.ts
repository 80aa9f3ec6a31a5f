import { describe, it } from 'vitest';
import { schemaMissing } from '../../fakes/telegram/schema.ts';
import { chatConformance } from './suite.ts';
import { telegramSubject } from './telegram-subject.ts';

if (schemaMissing === null) chatConformance(telegramSubject());
else describe.skip(`telegram: ${schemaMissing}`, () => it('is skipped', () => undefined));
