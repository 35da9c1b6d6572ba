/** The sign of the product; the favicon draws the same. */
export const BrandMark = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" className={className} aria-hidden>
    <rect width="32" height="32" rx="8" className="fill-ink" />
    <path
      d="M9 8v16M22.5 8 11.5 16l11 8"
      fill="none"
      strokeWidth="4"
      strokeLinecap="square"
      className="stroke-accent in-data-[theme=dark]:stroke-on-ink"
    />
  </svg>
)
