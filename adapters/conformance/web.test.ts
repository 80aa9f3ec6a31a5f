import { chatConformance } from './suite.ts';
import { webSubject } from './web-subject.ts';

chatConformance(webSubject());
