import { describe, it } from 'vitest';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import { slackSubject } from './slack-subject.ts';
import { chatConformance } from './suite.ts';

if (schemaMissing === null) chatConformance(slackSubject());
else describe.skip(`slack: ${schemaMissing}`, () => it('is skipped', () => undefined));
