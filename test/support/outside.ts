declare const requireOutside: NodeJS.Require;

/**
 * Loads a package by Node itself: once for each worker, where jest takes seconds to load a large one anew for each file. Its classes
 * are not those that the product sees, and its errors no `Error` of a test: for tools of tests alone.
 */
export const outside: (name: string) => unknown = requireOutside;
