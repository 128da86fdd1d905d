import { useLayoutEffect } from 'preact/hooks';

/** Positions of pages by their address, for as long as this window is open. */
const positions = new Map<string, number>();
const address = (): string => location.pathname + location.search;

/** The address of the page on the screen, or of the one that comes next. */
let here = address();
/** The next page was here before: it begins where it was left. */
let returning = false;
/** The list of bookings as it was shown last. */
let list = '/';

/** A page that is still loading gets this long to become as long as it was. */
const GROWING_MS = 3_000;

/** Keeps where each page was left. A browser does that for documents only; here a new page comes into the same document. */
export function watchScroll(): void {
  history.scrollRestoration = 'manual';
  const moved = (back: boolean) => () => {
    here = address();
    returning = back;
    if (location.pathname === '/') list = here;
  };
  addEventListener('popstate', moved(true));
  // wouter dispatches these two.
  addEventListener('pushState', moved(false));
  addEventListener('replaceState', moved(false));
  addEventListener('scroll', () => positions.set(here, scrollY), { passive: true });
  moved(false)();
}

/** The list as it was left: its address with search and filters. */
export const listAddress = (): string => list;

/** Called right after a move to a page that was here before: it is shown where it was left. */
export function comeBack(): void {
  returning = true;
}

/** Scrolls a new page to its beginning, or to where it was left. */
export function useArrival(): void {
  useLayoutEffect(() => {
    const wanted = returning ? (positions.get(here) ?? 0) : 0;
    returning = false;
    const until = performance.now() + GROWING_MS;
    let frame = 0;
    const scroll = () => {
      scrollTo(0, wanted);
      if (scrollY < wanted - 1 && performance.now() < until) frame = requestAnimationFrame(scroll);
    };
    scroll();
    const stop = () => cancelAnimationFrame(frame);
    for (const event of ['wheel', 'touchstart', 'keydown'] as const) addEventListener(event, stop, { once: true });
    return stop;
  }, []);
}
