import { limits } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { PasswordInput } from './password-input.tsx'

export const NameField = ({ error }: { error: string | undefined }) => (
  <Field label={`${t('auth.fullName')} (${t('common.optional')})`} error={error}>
    {(control) => <Input {...control} name="fullName" autoComplete="name" maxLength={limits.fullNameLength} />}
  </Field>
)

export const EmailField = ({ error }: { error: string | undefined }) => (
  <Field label={t('auth.email')} error={error}>
    {(control) => (
      <Input
        {...control}
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        maxLength={limits.emailLength}
        required
      />
    )}
  </Field>
)

interface PasswordFieldProps {
  isNew: boolean
  error: string | undefined
  name?: string
  label?: string
}

export const PasswordField = ({ isNew, error, name = 'password', label = t('auth.password') }: PasswordFieldProps) => (
  <Field label={label} hint={isNew ? t('auth.passwordHint', { count: limits.passwordMin }) : undefined} error={error}>
    {(control) => (
      <PasswordInput
        {...control}
        name={name}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        maxLength={limits.passwordMax}
        required
      />
    )}
  </Field>
)
