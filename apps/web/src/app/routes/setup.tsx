import { trpc } from '@kickstartmyai/client/react'
import { createLazyRoute } from '@tanstack/react-router'
import { AuthForm } from '../../features/auth/auth-form.tsx'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { checkCredentials } from '../../features/auth/check-credentials.ts'
import { EmailField, NameField, PasswordField } from '../../features/auth/credential-fields.tsx'
import { t } from '../../i18n/t.ts'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { useEnter } from '../use-enter.ts'
import { useLinkToken } from '../use-link-token.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/guest/setup')({ component: SetupRoute })

/** Makes the first administrator, with the token that the server has printed. */
function SetupRoute() {
  useTitle(t('auth.setup'))
  const printed = useLinkToken()
  const { mutate, isPending, error } = trpc.auth.setup.useMutation({ onSuccess: useEnter(undefined) })
  return (
    <AuthPage title={t('auth.setupTitle')} lead={t('auth.setupLead')} footer={null}>
      <AuthForm
        submitLabel={t('auth.setup')}
        busy={isPending}
        error={error}
        check={(read) => ({
          ...(read('token').trim() === '' && { token: t('auth.needToken') }),
          ...checkCredentials({ email: read('email').trim(), password: read('password') }, true),
        })}
        onSubmit={(read) => {
          const fullName = read('fullName').trim()
          const account = { email: read('email').trim(), password: read('password'), ...(fullName && { fullName }) }
          mutate({ token: read('token').trim(), ...account })
        }}
      >
        {(errors) => (
          <>
            <Field label={t('auth.setupToken')} hint={t('auth.setupTokenHint')} error={errors['token']}>
              {(control) => (
                <Input {...control} name="token" defaultValue={printed} autoComplete="off" spellCheck={false} />
              )}
            </Field>
            <NameField error={errors['fullName']} />
            <EmailField error={errors['email']} />
            <PasswordField isNew error={errors['password']} />
          </>
        )}
      </AuthForm>
    </AuthPage>
  )
}
