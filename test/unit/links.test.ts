/** Links: where they really go. The forms are those of RFI's pages and archives. */
import { describe, expect, it } from 'vitest';
import { cleanLink, isShareLink } from '../../src/article/links.ts';

const BASE = 'https://www.rfi.fr/cn/section/20251130-titre';
const clean = (href: string): string | null => cleanLink(href, BASE);

describe('cleanLink', () => {
  it.each([
    ['relative links become absolute', '/cn/autre', 'https://www.rfi.fr/cn/autre'],
    [
      'tracking goes, the rest keeps its spelling',
      'https://a.org/x?page=2&utm_source=rfi&q=%E4%B8%AD+b',
      'https://a.org/x?page=2&q=%E4%B8%AD+b',
    ],
    [
      'all tracking',
      'https://a.org/x?utm_medium=a&xtor=b&at_campaign=c&fbclid=d&gclid=e&mc_cid=f&ref=tw_i',
      'https://a.org/x',
    ],
    ['tracking in the fragment', 'https://a.org/x#xtor=RSS-1', 'https://a.org/x'],
    ['text fragments stay', 'https://a.org/x#:~:text=mot', 'https://a.org/x#:~:text=mot'],
    ['a branch is no tracker', 'https://github.com/a/b?ref=main', 'https://github.com/a/b?ref=main'],
    [
      'Facebook’s redirector',
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fa.org%2Fx%3Ffbclid%3D1&h=AT',
      'https://a.org/x',
    ],
    ['Google’s redirector', 'https://www.google.com/url?q=https://a.org/x&sa=D', 'https://a.org/x'],
    [
      'Outlook web mail',
      'https://mail.francemm.com/owa/redir.aspx?C=abc&URL=https%3a%2f%2fa.org%2fx',
      'https://a.org/x',
    ],
    [
      'Outlook web mail of a named mailbox',
      'http://mail.francemm.com/owa/service@rfi.fr/redir.aspx?C=a&URL=https://a.org/x',
      'https://a.org/x',
    ],
    [
      'a redirector in a redirector',
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fa.org%252Fx',
      'https://a.org/x',
    ],
    [
      'a redirector to a script is no redirector',
      'https://www.google.com/url?q=javascript:alert(1)',
      'https://www.google.com/url?q=javascript:alert(1)',
    ],
    ['mail', 'mailto:redaction@rfi.fr', 'mailto:redaction@rfi.fr'],
  ])('%s', (_, href, expected) => {
    expect(clean(href)).toBe(expected);
    expect(expected === null ? null : clean(expected), 'cleaning twice changes nothing').toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'http://[',
    'whatsapp://send?text=x',
  ])('%s leads nowhere', (href) => {
    expect(clean(href)).toBeNull();
  });
});

describe('isShareLink', () => {
  it.each([
    'https://www.facebook.com/dialog/share?app_id=1&href=https%3A%2F%2Frfi.my%2FCEAH.F',
    'https://www.facebook.com/sharer/sharer.php?u=x',
    'whatsapp://send?text=x',
    'https://web.whatsapp.com/send?text=x',
    'https://x.com/intent/tweet?url=x',
    'https://twitter.com/intent/tweet?text=x',
    'https://bsky.app/intent/compose?text=x',
    'https://t.me/share/url?url=x',
    'https://www.linkedin.com/shareArticle?url=x',
    'https://rfi.my/CEAH.F',
    'mailto:?subject=x&body=y',
  ])('%s shares', (href) => expect(isShareLink(href)).toBe(true));

  it.each([
    'https://x.com/RFI_Cn/status/1',
    'https://www.facebook.com/RFI',
    'https://t.me/RFI_Cn',
    'mailto:redaction@rfi.fr?subject=x',
    '/cn/share/',
  ])('%s is something to read', (href) => expect(isShareLink(href)).toBe(false));
});
