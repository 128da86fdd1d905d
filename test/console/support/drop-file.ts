import type { Page } from 'playwright-core';

/** Drops a file onto an element, as from a folder of the desktop. */
export async function dropFile(page: Page, selector: string, name: string, bytes: Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ([called, base64]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
      transfer.items.add(new File([content], called!, { type: 'text/csv' }));
      return transfer;
    },
    [name, bytes.toString('base64')],
  );
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: data });
  await page.dispatchEvent(selector, 'drop', { dataTransfer: data });
}
