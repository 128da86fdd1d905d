import type { Page } from 'playwright-core';

/**
 * What a screen reader would say by itself on the page that is open: text that comes into a live region, line by line, in order.
 * A region that comes onto the page together with its text is silent, unless it is an alert.
 */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    const hear = (node: Node): void => {
      const text = node.textContent?.trim();
      if (text) said.push(text);
    };
    const observer = new MutationObserver((changes) => {
      const arrived = new Set(changes.flatMap(({ addedNodes }) => [...addedNodes]));
      for (const { target, addedNodes, type } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(
          '[aria-live]:not([aria-live="off"]), [role="status"], [role="log"], [role="alert"]',
        );
        const there = region && ![...arrived].some((one) => one.contains(region));
        if (there) for (const node of type === 'characterData' ? [target] : addedNodes) hear(node);
        else {
          for (const node of addedNodes) {
            if (!(node instanceof Element)) continue;
            for (const alert of node.matches('[role="alert"]') ? [node] : node.querySelectorAll('[role="alert"]'))
              hear(alert);
          }
        }
      }
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { said: string[] }).said]);
}
