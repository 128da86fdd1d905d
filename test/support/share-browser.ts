/**
 * What draws the window about a page that nobody sees: a page of its own for each window, and processes in waiting. Without them a new
 * page takes a third of the processor time.
 */
const WINDOW = [
  'InitialWebUI',
  'PreloadTopChromeWebUI',
  'SpareRendererForSitePerProcess',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
  'WebUIReloadButton',
  'WebUIToolbar',
];
/** Playwright’s own list for tests, which the browser forgets over ours. */
const FOR_TESTS = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Never with a window, a sandbox of its own (which root has not), or anything that goes out to a network. */
export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  `--disable-features=${[...WINDOW, ...FOR_TESTS].join(',')}`,
];

export interface SharedBrowser {
  /** Where test files connect to. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts one browser for all test files: each would take seconds to start its own. `path`: of `findBrowser`. */
export async function shareBrowser(path: string): Promise<SharedBrowser> {
  const { chromium } = await import('playwright-core');
  const server = await chromium.launchServer({ executablePath: path, args: FLAGS, host: '127.0.0.1' });
  return { endpoint: server.wsEndpoint(), stop: () => server.close() };
}
