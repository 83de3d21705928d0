/**
 * One `vite build` makes both unpacked extensions: dist/chromium and dist/firefox, the same files but for the manifest.
 * Popup and library are pages with shared modules. What is injected or runs in the background cannot be a module, so each
 * of those is an environment of its own with one self-contained file.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

const SOURCE = resolve(import.meta.dirname, 'src');
const DIST = resolve(import.meta.dirname, 'dist');
const BUILT = resolve(DIST, 'chromium');

const common = {
  outDir: BUILT,
  emptyOutDir: false,
  target: ['chrome141', 'firefox142'],
  // Only OpenCC's dictionary of phrases is larger, and loaded when somebody asks for it.
  chunkSizeWarningLimit: 1100,
  modulePreload: { polyfill: false },
};

const script = (name: string, entry: string, format: 'iife' | 'es' = 'iife'): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    ...common,
    rolldownOptions: {
      input: { [name]: resolve(SOURCE, entry) },
      output: { format, entryFileNames: `${name}.js`, codeSplitting: false },
    },
  },
});

const pages: EnvironmentOptions = {
  consumer: 'client',
  build: {
    ...common,
    rolldownOptions: {
      input: { popup: resolve(SOURCE, 'popup/index.html'), library: resolve(SOURCE, 'library/index.html') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js', assetFileNames: '[name][extname]' },
    },
  },
};

/** Markup parsed without scripts, in place of `element.innerHTML = markup`. */
const parsed = (element: string, markup: string): string =>
  `${element}.replaceChildren(...new DOMParser().parseFromString(${markup}, 'text/html').body.childNodes)`;

/** Where the libraries write HTML into an element, or bring what nothing here uses, and what the build has there instead. */
const LIBRARY_EDITS: readonly { file: RegExp; code: RegExp; replacement: string }[] = [
  { file: /readability\/index\.js$/, code: /require\("\.\/Readability-readerable"\)/, replacement: 'undefined' },
  // In Manifest V3 Chromium's own methods answer with promises; what the polyfill is for are promises as answers to messages.
  {
    file: /browser-polyfill\.js$/,
    code: /const apiMetadata = \{[\s\S]*?\n {6}\};/,
    replacement: 'const apiMetadata = { runtime: {}, tabs: {} };',
  },
  // Codecs that a program brings along: nothing here does, and no code comes from an address that is made up as it runs.
  { file: /codec-registry\.js$/, code: /await import\([^)]*codecURI\)/, replacement: '{}' },
  // What Readability says to those who debug it.
  { file: /Readability\.js$/, code: /this\.log\([\s\S]*?\);/g, replacement: '' },
  // Readability works on inert clones, where a parsed document does the same.
  { file: /Readability\.js$/, code: /page\.innerHTML = pageCacheHtml/, replacement: parsed('page', 'pageCacheHtml') },
  {
    file: /Readability\.js$/,
    code: /tmp\.innerHTML = noscript\.innerHTML/,
    replacement: parsed('tmp', 'noscript.innerHTML'),
  },
  // `dangerouslySetInnerHTML`, which nothing here uses: article HTML has one way in, ui/ArticleView.
  { file: /preact\.mjs$/, code: /\((\w+)\.innerHTML=\w+\.__html\)/, replacement: '0' },
  // What DOMPurify allows where it is told nothing; article/sanitize.ts names every attribute that it may leave.
  { file: /purify\.es\.mjs$/, code: /const html = freeze\(\[[^\]]*\]\)/, replacement: 'const html = []' },
  { file: /purify\.es\.mjs$/, code: /const svg = freeze\(\[[^\]]*\]\)/, replacement: 'const svg = []' },
  { file: /purify\.es\.mjs$/, code: /const mathMl = freeze\(\[[^\]]*\]\)/, replacement: 'const mathMl = []' },
  // The same of elements. Those of SVG and MathML are also what its check of namespaces lets pass: nothing, then.
  { file: /purify\.es\.mjs$/, code: /const html\$1 = freeze\(\[[^\]]*\]\)/, replacement: 'const html$1 = []' },
  { file: /purify\.es\.mjs$/, code: /const svg\$1 = freeze\(\[[^\]]*\]\)/, replacement: 'const svg$1 = []' },
  { file: /purify\.es\.mjs$/, code: /const svgFilters = freeze\(\[[^\]]*\]\)/, replacement: 'const svgFilters = []' },
  { file: /purify\.es\.mjs$/, code: /const mathMl\$1 = freeze\(\[[^\]]*\]\)/, replacement: 'const mathMl$1 = []' },
  // DOMPurify's way without a DOMParser, which every browser has that runs this extension.
  { file: /purify\.es\.mjs$/, code: /doc\.documentElement\.innerHTML = [^;]+;/, replacement: '' },
];

/**
 * HTML enters a DOM through the sanitizer and the one view, also where a library could do otherwise (Firefox's store looks for
 * assignments to `innerHTML` too), and what nothing uses is left out. A library that changed there stops the build, so that
 * somebody looks.
 */
const editLibraries: Plugin = {
  name: 'edit-libraries',
  transform: (code, id) => {
    const places = LIBRARY_EDITS.filter(({ file }) => file.test(id));
    if (places.length === 0) return null;
    return places.reduce((changed, place) => {
      if (!place.code.test(changed))
        throw new Error(`${id} no longer has ${place.code}: look at LIBRARY_EDITS in vite.config.ts`);
      return changed.replace(place.code, place.replacement);
    }, code);
  },
};

/**
 * The polyfill is for answers to messages, which the injected reader never gives: to it the browser's own object is enough, and
 * lighter on every page that is read.
 */
const nativeInReader: Plugin = {
  name: 'native-in-reader',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'reader',
  resolveId: (source) => (source === 'webextension-polyfill' ? '\0native-browser' : null),
  load: (id) => (id === '\0native-browser' ? 'export default globalThis.browser ?? globalThis.chrome;' : null),
};

/** The overlay sanitizes with what is injected before it: a second DOMPurify would be parsed on every page that is read. */
const oneSanitizer: Plugin = {
  name: 'one-sanitizer',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'reader',
  resolveId: (source) => (source.endsWith('/sanitize.ts') ? resolve(SOURCE, 'reader/extractor.ts') : null),
};

type Manifest = Record<string, unknown> & { background: { service_worker?: string; scripts?: string[] } };

/** The one manifest.json as each browser wants it; keys of the other make store checks complain. */
function manifestFor(browser: 'chromium' | 'firefox'): Manifest {
  const read = (file: string): unknown => JSON.parse(readFileSync(resolve(import.meta.dirname, file), 'utf8'));
  const manifest = read('manifest.json') as Manifest;
  const { version } = read('package.json') as { version: string };
  if (browser === 'chromium') {
    delete manifest.background.scripts;
    delete manifest['browser_specific_settings'];
  } else {
    delete manifest.background.service_worker;
    delete manifest['minimum_chrome_version'];
  }
  return { ...manifest, version };
}

/** The licences of what is shipped, code and data, as its own authors give them: each asks to come along. */
function gatherLicences(): string {
  const { dependencies } = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const texts = [...Object.keys(dependencies), 'opencc-js/LICENSES', 'tidy-url'].flatMap((name) => {
    const folder = resolve(import.meta.dirname, 'node_modules', name);
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|.*\.txt$)/i.test(file) && !file.endsWith('S'));
    return files.map((file) => `${name}\n\n${readFileSync(resolve(folder, file), 'utf8')}`);
  });
  return texts.join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** Puts pages, icons, words and manifests where the browsers look for them, once every environment is built. */
const assemble: Plugin = {
  name: 'assemble-extensions',
  buildApp: {
    order: 'post',
    handler: async () => {
      for (const page of ['popup', 'library']) {
        // Vite keeps a page's folder in its path.
        const built = readFileSync(resolve(BUILT, `src/${page}/index.html`), 'utf8');
        writeFileSync(resolve(BUILT, `${page}.html`), built);
      }
      rmSync(resolve(BUILT, 'src'), { recursive: true });
      cpSync(resolve(SOURCE, '_locales'), resolve(BUILT, '_locales'), { recursive: true });
      cpSync(resolve(import.meta.dirname, 'icons'), resolve(BUILT, 'icons'), { recursive: true });
      writeFileSync(resolve(BUILT, 'licences.txt'), gatherLicences());
      const firefox = resolve(DIST, 'firefox');
      rmSync(firefox, { recursive: true, force: true });
      cpSync(BUILT, firefox, { recursive: true });
      for (const browser of ['chromium', 'firefox'] as const) {
        writeFileSync(resolve(DIST, browser, 'manifest.json'), `${JSON.stringify(manifestFor(browser), null, 2)}\n`);
      }
    },
  },
};

export default defineConfig({
  base: '/',
  publicDir: false,
  plugins: [nativeInReader, oneSanitizer, editLibraries, assemble],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  environments: {
    pages,
    page: script('page', 'page/index.ts'),
    start: script('start', 'popup/start.ts'),
    extract: script('extract', 'reader/extract.ts'),
    reader: script('reader', 'reader/index.ts'),
    // Its last value is its answer, which a function around it would swallow; it imports nothing, so it is no module.
    answer: script('answer', 'reader/answer.ts', 'es'),
    simplified: script('simplified', 'reader/simplified.ts'),
    traditional: script('traditional', 'reader/traditional.ts'),
    markdown: script('markdown', 'exchange/injected-markdown.ts'),
    background: script('background', 'background/index.ts'),
  },
  builder: {
    buildApp: async (builder) => {
      rmSync(DIST, { recursive: true, force: true });
      mkdirSync(BUILT, { recursive: true });
      for (const name of [
        'pages',
        'start',
        'page',
        'extract',
        'reader',
        'answer',
        'simplified',
        'traditional',
        'markdown',
        'background',
      ]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
