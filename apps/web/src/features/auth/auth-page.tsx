import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'

interface AuthPageProps {
  title: string
  lead: string
  children: ReactNode
  /** The other way in. */
  footer: ReactNode
}

/** The door: a form, and beside it what is behind it. */
export const AuthPage = ({ title, lead, children, footer }: AuthPageProps) => (
  <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,5fr)_7fr]">
    <main id="main" tabIndex={-1} className="flex flex-col px-5 py-6 sm:px-10 lg:px-14 lg:py-10">
      <p className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
        <BrandMark className="size-7" />
        {t('product')}
      </p>
      <div className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10 lg:mx-0">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1.5 mb-7 text-sm text-muted text-pretty">{lead}</p>
        {children}
        <p className="mt-6 text-sm text-muted">{footer}</p>
      </div>
    </main>
    <Showcase />
  </div>
)

/** One run of an agent, as the app would draw it: the promise made plain. Decoration for those who see it. */
const Showcase = () => (
  <aside className="showcase hidden flex-col justify-between overflow-hidden p-14 lg:flex" aria-hidden>
    <p className="max-w-[11ch] text-[clamp(2.5rem,4.2vw,3.75rem)] leading-[1.04] font-semibold tracking-tight text-balance">
      {t('auth.pitch')}
    </p>
    <div className="w-full max-w-2xl text-base">
      <Step label="00.0 s">
        <span className="rounded-lg bg-white/8 px-3.5 py-2">17 × 23, and is it prime?</span>
      </Step>
      <Step label="00.4 s" lit>
        <span className="flex items-center gap-2.5 rounded-lg border border-white/14 px-3.5 py-2">
          <Check className="size-4 text-accent" />
          <span className="font-medium">Calculator</span>
          <span className="font-mono text-xs opacity-70">17 * 23 → 391</span>
        </span>
      </Step>
      <Step label="01.1 s" last>
        <span className="block max-w-md py-2 leading-relaxed">
          It is <b className="font-semibold text-accent">391</b>, and not prime: you just gave me its factors.
        </span>
      </Step>
    </div>
    <p className="max-w-md text-base text-pretty opacity-75">{t('auth.pitchText')}</p>
  </aside>
)

const Step = ({
  label,
  lit,
  last,
  children,
}: {
  label: string
  lit?: boolean
  last?: boolean
  children: ReactNode
}) => (
  <div className="grid grid-cols-[4rem_1rem_1fr] items-start gap-x-4">
    <span className="pt-2 text-right font-mono text-xs leading-5 opacity-60">{label}</span>
    <span className="flex h-full flex-col items-center">
      <span
        className={
          lit
            ? 'mt-3.5 size-2.5 shrink-0 rounded-full bg-accent'
            : 'mt-3.5 size-2.5 shrink-0 rounded-full border-2 border-white/40'
        }
      />
      {!last && <span className="w-px flex-1 bg-white/20" />}
    </span>
    <span className="flex pb-8">{children}</span>
  </div>
)
