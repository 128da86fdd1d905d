import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useAnnouncer } from './announce.tsx';
import { useArrival } from './scroll.ts';

/** The first page's heading leaves the focus where the browser put it. */
let pagesSeen = 0;

interface Shown {
  title: string;
  /** A prefix of the window's title. */
  mark?: string | undefined;
  /** Beside the heading. */
  aside?: ComponentChildren;
  class?: string;
  /** Above the heading. */
  before?: ComponentChildren;
  children: ComponentChildren;
}

/** A page: its title in the window and as heading, which takes the focus after a change of page. */
export function Page({ title, mark, aside, class: kind, before, children }: Shown) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { hush } = useAnnouncer();
  // Before anything of this page is announced.
  useLayoutEffect(hush, [hush]);
  useArrival();
  useEffect(() => {
    if (pagesSeen++ > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${mark ? `[${mark}] ` : ''}${title} · Vocero`;
  }, [title, mark]);
  return (
    <div class={`page ${kind ?? ''}`}>
      {before}
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </header>
      {children}
    </div>
  );
}
