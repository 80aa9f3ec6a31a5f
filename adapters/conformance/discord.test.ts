import { describe, it } from 'vitest';
import { specMissing } from '../../fakes/discord/schema.ts';
import { discordSubject } from './discord-subject.ts';
import { chatConformance } from './suite.ts';

if (specMissing === null) {
  chatConformance(discordSubject('gateway'));
  // What is shown does not depend on how presses come back.
  chatConformance(discordSubject('http'), { replies: 100 });
} else describe.skip(`discord: ${specMissing}`, () => it('is skipped', () => undefined));
