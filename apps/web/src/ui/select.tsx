import { lazy, Suspense } from 'react'
import { Skeleton } from './skeleton.tsx'

export interface Option<Value extends string> {
  value: Value
  label: string
  note?: string | undefined
}

export interface SelectProps<Value extends string> {
  id?: string
  /** The accessible name, where no label element points here. */
  label?: string
  value: Value
  options: readonly Option<Value>[]
  onChange: (value: Value) => void
  className?: string
}

const SelectPopup = lazy(() => import('./select-popup.tsx'))

/** One of many, in a list that pops up. What draws it is fetched after the page. */
export const Select = (props: SelectProps<string>) => (
  <Suspense fallback={<Skeleton className="h-10" />}>
    <SelectPopup {...props} />
  </Suspense>
)
