/** Source of the page's files and answers: one of the two. */
export type UiBackend = EmbeddedUi | UiServer;

/** The embedded dev server has no web page. Its HTTP API answers the page's requests. */
export interface EmbeddedUi {
  /** Folder with the page's files; see `findUiFiles`. Undefined: they are not available. */
  files: string | undefined;
  /** Base URL of Temporal's HTTP API. */
  api: string;
  /** Value of `Host` that this API requires; it answers `403` to others. */
  host: string;
  namespace: string;
  /** Base URL of the codec server; undefined: payloads are not encrypted. */
  codecEndpoint?: string | undefined;
}

/** Temporal's own UI server. Only this process can reach it. */
export interface UiServer {
  /** Base URL. */
  server: string;
}
