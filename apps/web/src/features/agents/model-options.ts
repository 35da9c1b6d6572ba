import type { Model } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'
import type { Option } from '../../ui/select.tsx'
import { modelKey } from './agent-draft.ts'

/** What can be chosen to answer: the server's default first, and the present choice even if the server no longer lists it. */
export function modelOptions(models: readonly Model[], chosen: string): Option<string>[] {
  const standard = models.find((model) => model.isDefault)
  const options: Option<string>[] = [
    { value: '', label: t('agents.defaultModel'), note: standard?.label },
    ...models.map((model) => ({ value: modelKey(model.provider, model.id), label: model.label, note: model.provider })),
  ]
  return options.some((option) => option.value === chosen) ? options : [...options, { value: chosen, label: chosen }]
}
