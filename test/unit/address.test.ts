/** One article, one address, whatever way the reader came to it. */
import { describe, expect, it } from 'vitest';
import { canonicalAddress, editionOf, isRfiAddress, shortAddress } from '../../src/article/address.ts';

const CANONICAL = 'https://www.rfi.fr/cn/%E4%B8%AD%E5%9B%BD/20231010-%E4%BF%84';

describe('canonicalAddress', () => {
  it.each([
    CANONICAL,
    'http://www.rfi.fr//cn/%E4%B8%AD%E5%9B%BD/20231010-%E4%BF%84',
    'https://www.rfi.fr/cn/中国/20231010-俄/',
    'https://www.rfi.fr/cn/%e4%b8%ad%e5%9b%bd/20231010-%e4%bf%84?utm_source=x&ref=y#haut',
    'https://rfi.fr/cn/%E4%B8%AD%E5%9B%BD/20231010-%E4%BF%84#xtor=CS1',
  ])('%s', (address) => expect(canonicalAddress(address)).toBe(CANONICAL));

  it('leaves the query of other sites, where it may name the article', () => {
    expect(canonicalAddress('https://a.org/read?id=7&utm_source=x#part')).toBe('https://a.org/read?id=7');
  });

  it('refuses what is no address', () => {
    expect(() => canonicalAddress('about:blank')).toThrow(TypeError);
    expect(() => canonicalAddress('rien')).toThrow(TypeError);
  });
});

describe('RFI’s addresses', () => {
  it('are those of rfi.fr and its hosts, and of nobody who looks like it', () => {
    expect(
      ['https://www.rfi.fr/fr', 'https://s.rfi.fr/x', 'http://rfi.fr', 'https://francaisfacile.rfi.fr/fr/'].map(
        isRfiAddress,
      ),
    ).toEqual([true, true, true, true]);
    expect(
      [
        'https://rfi.fr.evil.example/',
        'https://evil.example/rfi.fr/',
        'https://xrfi.fr/',
        'https://evil.example/?https://www.rfi.fr/',
      ].map(isRfiAddress),
    ).toEqual([false, false, false, false]);
  });

  it('name their edition', () => {
    expect(editionOf(CANONICAL)).toBe('cn');
    expect(editionOf('https://www.rfi.fr/constructor/x')).toBeNull();
    expect(editionOf('https://www.lemonde.fr/fr/x')).toBeNull();
  });

  it('have a short form, whatever the channel', () => {
    expect(['https://rfi.my/CEAH.F', 'https://rfi.my/CEAH.BS?x=1', 'http://rfi.my/CEAH'].map(shortAddress)).toEqual(
      Array(3).fill('https://rfi.my/CEAH'),
    );
    expect(shortAddress('https://www.rfi.fr/CEAH')).toBeNull();
  });
});
