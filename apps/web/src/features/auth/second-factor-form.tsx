import { toClientError } from '@kickstartmyai/client'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { AuthForm } from './auth-form.tsx'

export type SecondFactor = { totp: string } | { recoveryCode: string }

interface SecondFactorFormProps {
  busy: boolean
  error: unknown
  onSubmit: (factor: SecondFactor) => void
}

/** The code of an authenticator app, or one of the recovery codes for who has lost it. */
export function SecondFactorForm({ busy, error, onSubmit }: SecondFactorFormProps) {
  const [kind, setKind] = useState<'totp' | 'recoveryCode'>('totp')
  const isCode = kind === 'totp'
  const isWrong = error !== null && toClientError(error).code === 'INVALID_CREDENTIALS'
  return (
    <>
      <AuthForm
        submitLabel={t('auth.signIn')}
        busy={busy}
        error={isWrong ? null : error}
        check={(read) => (read('code').trim() ? {} : { code: t('auth.needCode') })}
        onSubmit={(read) => onSubmit(isCode ? { totp: read('code').trim() } : { recoveryCode: read('code').trim() })}
      >
        {(errors) => (
          <Field
            key={kind}
            label={isCode ? t('auth.totp') : t('auth.recoveryCode')}
            hint={isCode ? t('auth.totpHint') : t('auth.recoveryHint')}
            error={errors['code'] ?? (isWrong ? t('auth.wrongCode') : undefined)}
          >
            {(control) => (
              <Input
                {...control}
                name="code"
                autoComplete={isCode ? 'one-time-code' : 'off'}
                inputMode={isCode ? 'numeric' : 'text'}
                maxLength={40}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do here, after a step that was just taken
                autoFocus
              />
            )}
          </Field>
        )}
      </AuthForm>
      <Button variant="ghost" className="mt-3" onClick={() => setKind(isCode ? 'recoveryCode' : 'totp')}>
        {isCode ? t('auth.useRecoveryCode') : t('auth.useTotp')}
      </Button>
    </>
  )
}
