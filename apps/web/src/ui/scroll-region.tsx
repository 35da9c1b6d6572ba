import type { ComponentProps } from 'react'

interface ScrollRegionProps extends ComponentProps<'div'> {
  /** Its accessible name. */
  label: string
}

/** A part of a page that scrolls by itself. It can be focused, since else no keyboard could scroll it. */
export const ScrollRegion = ({ label, ...rest }: ScrollRegionProps) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll container is operable (axe: scrollable-region-focusable)
  <div role="region" aria-label={label} tabIndex={0} {...rest} />
)
