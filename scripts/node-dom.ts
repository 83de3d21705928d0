/** Gives Node the DOM that extraction runs on in a browser: one jsdom window, its classes as globals. */
import { JSDOM } from 'jsdom';

/** Call before anything of src/article runs. Scripts of parsed documents never run and nothing is loaded. */
export function installDom(): void {
  const { window } = new JSDOM('');
  // jsdom's selector engine adds its listeners to the window anew for every document and never removes them, so that each
  // file took longer than the one before: https://github.com/asamuzaK/domSelector (finder.js, _registerEventListeners).
  // Nothing dispatches events here.
  window.addEventListener = () => undefined;
  const { document, DOMParser, Node, Element, HTMLFormElement } = window;
  Object.assign(globalThis, { window, document, DOMParser, Node, Element, HTMLFormElement });
}
