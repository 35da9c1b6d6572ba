import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '../i18n/t.ts'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'

interface CopyButtonProps {
  /** What is copied, asked for when the button is pressed. */
  text: () => string
  label: string
  className?: string
}

/** Copies, and shows for two seconds that it did. */
export function CopyButton({ text, label, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  return (
    <>
      <IconButton
        label={copied ? t('common.copied') : label}
        className={cx(className)}
        onClick={() => navigator.clipboard.writeText(text()).then(() => setCopied(true))}
      >
        {copied ? <Check className="size-4 text-accent-text" aria-hidden /> : <Copy className="size-4" aria-hidden />}
      </IconButton>
      <span className="sr-only" role="status">
        {copied ? t('common.copied') : ''}
      </span>
    </>
  )
}
