import { plainWords } from './typed-choice.ts';

const yes =
  /^(?:yes|y|yep|yup|yeah|ya|ok|okay|correct|right|sure|confirm|confirmed|exactly|perfect|good|looks good|looks right|sounds good|that s (?:right|correct|it)|thats (?:right|correct|it)|that is (?:right|correct|it))$/;
const no =
  /^(?:no|n|nope|nah|edit|change|change it|wrong|neither|none of (?:these|them)|not (?:right|correct|quite)|that s (?:wrong|not right)|thats (?:wrong|not right)|that is (?:wrong|not right)|wrong (?:amount|date|number|goal|units))$/;
const leave =
  /^(?:stop|cancel|never mind|nevermind|later|not now|forget it|leave it|quit|exit|abort)$/;
const unsure =
  /^(?:skip|skip it|leave it out|leave out|remove it|none|no|nothing|zero|idk|no idea|not sure|i (?:do not|don t|dont) know)$/;

/** Words without what only softens them: "yes, please!" is "yes". */
function bare(text: string): string {
  return plainWords(text)
    .replace(/(?:^| )(?:please|thanks|thank you|it is)(?= |$)/g, '')
    .trim();
}

/** "Yes", "looks good": what was shown is right. */
export const saysYes = (text: string): boolean => yes.test(bare(text));
/** "No", "wrong amount": what was shown is not right. */
export const saysNo = (text: string): boolean => no.test(bare(text));
/** "Cancel": leave everything as it was. */
export const saysLeave = (text: string): boolean => leave.test(bare(text));
/** "I don't know": leave this one out. */
export const saysUnsure = (text: string): boolean => unsure.test(bare(text));
