import type { ComponentChildren } from 'preact';

/** A table that may be wider than its place, and then scrolls; `label` names it for screen readers. */
export function ScrollTable({
  label,
  class: kind,
  children,
}: {
  label: string;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group without fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach a region that scrolls
    <div class="table-scroll" role="group" aria-label={label} tabIndex={0}>
      <table class={kind}>{children}</table>
    </div>
  );
}
