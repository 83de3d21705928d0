/** Long work in short pieces, so that the page answers in between. */

/** The longest that a piece of work keeps the page, in milliseconds. */
const TURN = 20;

/** Resolves when the page has had its turn. */
const letPageGo = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** A function to wait for between two steps of a work: it lets the page go where the work has had its turn. */
export function takeTurns(): () => Promise<void> {
  let end = performance.now() + TURN;
  return async () => {
    if (performance.now() < end) return;
    await letPageGo();
    end = performance.now() + TURN;
  };
}
