/* global ChromeUtils, WebExtensionPolicy, Services, gBrowser, document, window */
/**
 * The part of the harness that runs inside Firefox's own window, with its privileges
 * (`--remote-allow-system-access`): it does to the extension what a reader's hand or the browser does.
 *
 * `firefox.ts` evaluates this file there once and then calls its functions by name; arguments and
 * results travel as JSON.
 */
(() => {
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');

  const policy = (id) => WebExtensionPolicy.getByID(id);

  // WebDriver BiDi looks only among tabs when it resolves a context, so a popup and a background
  // page, which are <browser> elements like any tab's, cannot be driven. Once found here, they can.
  // https://bugzilla.mozilla.org/show_bug.cgi?id=1755014
  const shown = new Map();
  const findTab = NavigableManager.getBrowserById;
  NavigableManager.getBrowserById = function (id) {
    return shown.get(id)?.deref() ?? findTab.call(this, id);
  };
  const show = (browser) => {
    // Firefox names a <browser> by this key, which its tab strip sets on tabs alone.
    browser.permanentKey ??= {};
    const context = NavigableManager.getIdForBrowser(browser);
    shown.set(context, new WeakRef(browser));
    return context;
  };

  const popupBrowser = () => document.querySelector('browser.webextension-popup-browser');

  globalThis.liseuseHarness = {
    /** Takes up a language even if its language pack is missing; Firefox's own words then stay English. */
    speak: (locale) => {
      Services.locale.availableLocales = [...new Set([locale, ...Services.locale.availableLocales])];
      Services.locale.requestedLocales = [locale];
    },

    /** Presses the toolbar button on the selected tab. */
    pressButton: (id) => {
      window.focus();
      ExtensionParent.apiManager.global.browserActionFor(policy(id).extension).triggerAction(window);
    },

    /** The BiDi context and address of the open popup, or null while it is not loaded. */
    popup: (id) => {
      const browser = popupBrowser();
      // Firefox loads a popup in a closed panel and moves it to the one that it opens.
      if (browser?.closest('panel')?.state === 'closed') return null;
      const url = browser?.currentURI?.spec ?? '';
      return url.startsWith(`moz-extension://${policy(id).mozExtensionHostname}/`)
        ? { context: show(browser), url }
        : null;
    },

    isOpen: (context) => shown.get(context)?.deref()?.isConnected ?? false,

    closePopup: () => popupBrowser()?.closest('panel')?.hidePopup(),

    /** Opens a page of the extension in a new, selected tab, as the extension's own tabs.create does. */
    openTab: (id, url) => {
      const triggeringPrincipal = policy(id).extension.principal;
      gBrowser.selectedTab = gBrowser.addTab(url, { triggeringPrincipal });
    },

    /** The tabs, the newest first, with the address each one shows now. */
    tabs: () =>
      [...gBrowser.tabs]
        .map(({ linkedBrowser }) => ({
          context: NavigableManager.getIdForBrowser(linkedBrowser),
          url: linkedBrowser.currentURI.spec,
        }))
        .toReversed(),

    /** The BiDi context of the background page, which is started if it is stopped. */
    background: async (id) => {
      const { extension } = policy(id);
      await extension.wakeupBackground?.();
      for (const view of extension.views) {
        if (view.viewType === 'background') return show(view.xulBrowser);
      }
      return null;
    },

    stopBackground: async (id) => {
      // Without the option, an open developer tool (or this harness) keeps the page alive.
      await policy(id).extension.terminateBackground({ ignoreDevToolsAttached: true });
      return policy(id).extension.backgroundState;
    },

    /** What about:addons does when the reader moves the switch of a site. */
    setSiteAccess: async (id, granted) => {
      const { extension } = policy(id);
      const origins = extension.manifest.host_permissions ?? [];
      await ExtensionPermissions[granted ? 'add' : 'remove'](id, { permissions: [], origins }, extension);
    },
  };
})();
