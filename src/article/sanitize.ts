/**
 * The only sanitizer: DOMPurify with one closed list of elements and attributes. Everything that a page, a file or a feed
 * brought passes it twice, when it is extracted and again when it is shown (ui/ArticleView).
 */
import createDOMPurify, { type Config, type DOMPurify } from 'dompurify';
import { CONTENT_CLASSES } from './article.ts';

const CONFIG: Config = {
  ALLOWED_TAGS: [
    // DOMPurify parses into a body of its own and looks at it first: not allowed, it is cloned and taken apart.
    'body',
    ...['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'section', 'div', 'hr', 'pre', 'br'],
    ...[
      'ul',
      'ol',
      'li',
      'dl',
      'dt',
      'dd',
      'table',
      'caption',
      'colgroup',
      'col',
      'thead',
      'tbody',
      'tfoot',
      'tr',
      'th',
      'td',
    ],
    ...['figure', 'figcaption', 'img', 'audio', 'video', 'source'],
    ...[
      'a',
      'abbr',
      'b',
      'bdi',
      'bdo',
      'cite',
      'code',
      'del',
      'em',
      'i',
      'ins',
      'kbd',
      'mark',
      'q',
      's',
      'samp',
      'small',
    ],
    ...['span', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr', 'ruby', 'rt', 'rp'],
  ],
  ALLOWED_ATTR: [
    ...['href', 'src', 'alt', 'title', 'width', 'height', 'lang', 'dir', 'datetime', 'cite', 'class'],
    ...['colspan', 'rowspan', 'scope', 'start', 'reversed', 'value', 'controls', 'preload'],
  ],
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|tel:)/i,
  // DOMPurify holds every value against the pattern above, except those of attributes that hold no address.
  ADD_URI_SAFE_ATTR: [
    'width',
    'height',
    'lang',
    'dir',
    'datetime',
    'colspan',
    'rowspan',
    'scope',
    'start',
    'reversed',
    'controls',
    'preload',
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Attributes of an element that would reach the network by themselves are kept on these only. */
const MAY_HAVE_SRC = new Set(['IMG', 'AUDIO', 'VIDEO', 'SOURCE']);

let purifier: DOMPurify | undefined;

/** The configuration is set once: parsing it takes longer than sanitizing an article. */
const getPurifier = (): DOMPurify => {
  if (purifier) return purifier;
  // In a browser, importing it has already made one.
  const made = createDOMPurify.isSupported ? createDOMPurify : createDOMPurify(window);
  made.setConfig(CONFIG);
  made.addHook('uponSanitizeAttribute', (element, attribute) => {
    if (attribute.attrName === 'class') {
      const kept = attribute.attrValue.split(/\s+/).filter((name) => CONTENT_CLASSES.includes(name));
      attribute.attrValue = kept.join(' ');
      attribute.keepAttr = kept.length > 0;
    } else if (attribute.attrName === 'href') {
      attribute.keepAttr = element.nodeName === 'A' && attribute.attrValue !== '';
    } else if (attribute.attrName === 'src') {
      attribute.keepAttr = MAY_HAVE_SRC.has(element.nodeName) && /^https?:\/\//i.test(attribute.attrValue);
    }
  });
  made.addHook('afterSanitizeAttributes', (element) => {
    // Nothing of a sound or a video is loaded before the reader plays it, whatever the page wanted.
    if (element.nodeName === 'AUDIO' || element.nodeName === 'VIDEO') {
      element.setAttribute('preload', 'none');
      element.setAttribute('controls', '');
    }
  });
  return (purifier = made);
};

/** A sanitized fragment of article HTML from wherever it comes. It is inert: nothing in it loads before it is inserted. */
export function sanitizeToFragment(html: string): DocumentFragment {
  // RETURN_DOM_FRAGMENT is in the configuration; the type follows only what is given here.
  return getPurifier().sanitize(html) as unknown as DocumentFragment;
}
