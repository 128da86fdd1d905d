/** Where the page's files and its answers come from: one of the two. */
export type UiBackend = EmbeddedUi | UiServer;

/** The embedded dev server has no page of its own; its HTTP API gives what the page asks for. */
export interface EmbeddedUi {
  /** Folder with the page's files; see `findUiFiles`. Undefined: they could not be had. */
  files: string | undefined;
  /** Base URL of Temporal's HTTP API. */
  api: string;
  /** The `Host` without which that API answers `403`. */
  host: string;
  namespace: string;
  /** Base URL of the codec server; undefined: payloads are not encrypted. */
  codecEndpoint?: string | undefined;
}

/** Temporal's own server of its page, which nobody but this process can reach. */
export interface UiServer {
  /** Base URL. */
  server: string;
}
