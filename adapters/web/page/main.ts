import type { PageMessage } from '../operation.ts';
import { createComposer } from './composer.ts';
import { createConversation } from './conversation.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { byId } from './element.ts';
import { createFormDialog } from './form-dialog.ts';
import { createScroller } from './scroller.ts';
import { beginSession, readCommands, readHistory } from './server.ts';
import { follow } from './stream.ts';
import { startTheme } from './theme.ts';

const welcome = byId('welcome', HTMLDivElement);
const earlier = byId('earlier', HTMLButtonElement);
const typing = byId('typing', HTMLDivElement);
const offline = byId('offline', HTMLParagraphElement);
const problemLine = byId('problem', HTMLParagraphElement);
/** An answer that takes longer than this says so itself. */
const typingMs = 20_000;

let typingTimer: ReturnType<typeof setTimeout> | undefined;

function showTyping(on: boolean): void {
  clearTimeout(typingTimer);
  const followed = scroller.atEnd();
  typing.hidden = !on;
  if (on) typingTimer = setTimeout(() => showTyping(false), typingMs);
  if (on && followed) scroller.toEnd();
}

function problem(text: string): void {
  problemLine.textContent = text;
}

function showOffline(text: string): void {
  offline.textContent = text;
  offline.hidden = text === '';
}

const scroller = createScroller();
const dialog = createFormDialog(problem);
const deliveries: Deliveries = createDeliveries({
  queued(delivery) {
    conversation.queue(delivery);
    welcome.hidden = true;
    scroller.toEnd(true);
  },
  accepted: () => undefined,
  refused(delivery, said) {
    conversation.unqueue(delivery);
    problem(said);
    if (delivery.path === 'messages') composer.giveBack(delivery.label);
    showTyping(false);
    welcome.hidden = !conversation.isEmpty();
  },
});
const composer = createComposer(() => deliveries, problem);
const conversation = createConversation(
  byId('log', HTMLDivElement),
  {
    choice: (message, token, label) => deliveries.send('buttons', { message, token }, label),
    select: (message, token, value, label) =>
      deliveries.send('selects', { message, token, value }, label),
    form: (message, token, opener) => void dialog.open(message, token, opener),
  },
  (message) => {
    const text = message.operation.blocks
      .map((block) => ('text' in block ? block.text : ''))
      .join();
    const id = message.key.replace(/^you:/, '');
    deliveries.again({ id, path: 'messages', body: { id, text }, label: text });
  },
);

function arrived(message: PageMessage): void {
  const followed = scroller.atEnd();
  const fresh = !conversation.has(message.position);
  const article = conversation.show(message);
  const mine = message.operation.from === 'you';
  if (message.operation.chose) article?.classList.add('press');
  if (!mine) showTyping(false);
  else if (!message.operation.undelivered) showTyping(true);
  welcome.hidden = true;
  if (article !== null && mine) scroller.toEnd();
  else if (article !== null && followed && fresh) scroller.toMessage(article);
  else if (article !== null && followed) scroller.toReplaced(article);
  else if (article !== null && fresh) scroller.below();
}

async function showHistory(): Promise<number> {
  const history = await readHistory(null);
  conversation.clear();
  for (const message of history.messages) conversation.show(message);
  earlier.hidden = !history.more;
  welcome.hidden = !conversation.isEmpty();
  scroller.toEnd();
  return history.cursor;
}

async function start(): Promise<void> {
  startTheme();
  const session = await beginSession();
  byId('simulated', HTMLParagraphElement).hidden = !session.simulated;
  composer.limit(session.limits);
  const cursor = await showHistory();
  deliveries.resume();
  follow(cursor, {
    message: arrived,
    typing: () => showTyping(true),
    reset: () => void showHistory(),
    online() {
      showOffline('');
      deliveries.retry();
    },
    offline: () => showOffline('No connection to Keel. Your messages wait here until it is back.'),
  });
  composer.know(await readCommands());
}

byId('hello', HTMLButtonElement).addEventListener('click', () => {
  deliveries.send('messages', { text: '/start' }, '/start');
  // On a phone this would put a keyboard over the answer.
  if (matchMedia('(pointer: fine)').matches) composer.focus();
});
earlier.addEventListener('click', () =>
  scroller.keeping(async () => {
    const page = await readHistory(conversation.first());
    for (const message of page.messages) conversation.show(message);
    earlier.hidden = !page.more;
  }),
);
start().catch((error: Error) => showOffline(`${error.message} Reload the page to try again.`));
