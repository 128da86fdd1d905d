/** Path items of a description, or webhooks, with each member of each of them changed: operations, and fields beside them. */
export const withOperations = <Items extends object>(
  items: Items,
  change: (operation: unknown, path: string, method: string) => unknown,
): Items =>
  Object.fromEntries(
    Object.entries(items).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries((item ?? {}) as object).map(([method, operation]) => [method, change(operation, path, method)]),
      ),
    ]),
  ) as Items;
