/** After this much silence the caller speaks again, at pace 1. */
export const PATIENCE_MS = 5000;
