/** Sends and answers the messages of protocol.ts. */
import browser from 'webextension-polyfill';
import type { Envelope, ToBackground, ToPage } from './protocol.ts';

type Methods<Calls> = { [Method in keyof Calls]: (argument: never) => unknown };
type Result<Method> = Method extends (argument: never) => infer Value ? Value : never;

/** One handler for each message of a direction; a missing one does not compile. */
export type Handlers<Calls extends Methods<Calls>> = {
  [Method in keyof Calls]: (
    /** Not yet looked at: whoever handles it checks its shape. */
    argument: unknown,
    sender: browser.Runtime.MessageSender,
  ) => Promise<Result<Calls[Method]>> | Result<Calls[Method]>;
};

const isEnvelope = (message: unknown): message is Envelope =>
  typeof message === 'object' &&
  message !== null &&
  'to' in message &&
  'method' in message &&
  typeof message.method === 'string';

function handle<Calls extends Methods<Calls>>(
  to: Envelope['to'],
  handlers: Handlers<Calls>,
  signal?: AbortSignal,
): void {
  const listener = (message: unknown, sender: browser.Runtime.MessageSender): Promise<unknown> | undefined => {
    if (!isEnvelope(message) || message.to !== to || sender.id !== browser.runtime.id) return undefined;
    if (!Object.hasOwn(handlers, message.method)) return undefined;
    const handler = handlers[message.method as keyof Calls];
    return Promise.resolve(handler(message.argument, sender));
  };
  browser.runtime.onMessage.addListener(listener);
  signal?.addEventListener('abort', () => browser.runtime.onMessage.removeListener(listener), { once: true });
}

/** Answers the messages to the background. Call it while the script first runs: a listener added later misses the event. */
export function handleInBackground(handlers: Handlers<ToBackground>): void {
  handle<ToBackground>('background', handlers);
}

/** Answers the messages to the overlay until `signal` aborts. */
export function handleInPage(handlers: Handlers<ToPage>, signal: AbortSignal): void {
  handle<ToPage>('page', handlers, signal);
}

/** Asks the background. Rejects if the extension was updated or removed under the page. */
export async function sendToBackground<Method extends keyof ToBackground>(
  method: Method,
  ...[argument]: Parameters<ToBackground[Method]>
): Promise<Result<ToBackground[Method]>> {
  const envelope: Envelope = { to: 'background', method, argument };
  return browser.runtime.sendMessage(envelope);
}

/** Tells the background something that nobody waits for; one that is gone is told nothing. */
export function tellBackground<
  Method extends
    'savedListChanged' | 'goOn' | 'openLibrary' | 'notePosition' | 'keepNote' | 'keepHighlight' | 'overlayTaken',
>(method: Method, ...argument: Parameters<ToBackground[Method]>): void {
  void sendToBackground(method, ...argument).catch(() => undefined);
}

/** Tells the page of a tab, and the overlay on it. Resolves to whether anything of the extension was there to hear it. */
export async function sendToPage(tabId: number, method: keyof ToPage): Promise<boolean> {
  const envelope: Envelope = { to: 'page', method, argument: undefined };
  return browser.tabs.sendMessage(tabId, envelope).then(
    () => true,
    // "Receiving end does not exist": a page that is no article, or that was open before the extension came.
    () => false,
  );
}
