import { toClientError } from '@kickstartmyai/client'
import { createLazyRoute, Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { CredentialsForm, type CredentialsInput } from '../../features/auth/credentials-form.tsx'
import { SecondFactorForm } from '../../features/auth/second-factor-form.tsx'
import { useAccountPolicy } from '../../features/auth/use-account-policy.ts'
import { useSignIn } from '../../features/auth/use-sign-in.ts'
import { t } from '../../i18n/t.ts'
import { textLinkClass } from '../../ui/text-link.ts'
import { useEnter } from '../use-enter.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/guest/sign-in')({ component: SignInRoute })

function SignInRoute() {
  useTitle(t('auth.signIn'))
  const search = useSearch({ from: '/guest' })
  const enter = useEnter(search.next)
  const policy = useAccountPolicy()
  const { mutate, isPending, error } = useSignIn(enter)
  /** Right, as far as they go: the second factor is still to come. */
  const [credentials, setCredentials] = useState<CredentialsInput | null>(null)
  const isAsked = error !== null && toClientError(error).code === 'TOTP_REQUIRED'

  if (credentials) {
    return (
      <AuthPage title={t('auth.secondFactorTitle')} lead={t('auth.secondFactorLead')} footer={null}>
        <SecondFactorForm
          busy={isPending}
          error={isAsked ? null : error}
          onSubmit={(factor) => mutate({ ...credentials, ...factor })}
        />
      </AuthPage>
    )
  }
  return (
    <AuthPage
      title={t('auth.signInTitle')}
      lead={t('auth.signInLead')}
      footer={
        <>
          {policy?.registration !== 'closed' && (
            <>
              {t('auth.noAccount')}{' '}
              <Link to="/sign-up" search={search} className={textLinkClass}>
                {t('auth.signUp')}
              </Link>
              {' · '}
            </>
          )}
          <Link to="/reset-password" className={textLinkClass}>
            {t('auth.forgot')}
          </Link>
          {policy?.needsSetup && (
            <span className="mt-3 block">
              {t('auth.noAdmin')}{' '}
              <Link to="/setup" className={textLinkClass}>
                {t('auth.setup')}
              </Link>
            </span>
          )}
        </>
      }
    >
      <CredentialsForm
        isNew={false}
        busy={isPending}
        error={error}
        onSubmit={(given) =>
          mutate(given, {
            onError: (refusal) => {
              if (toClientError(refusal).code === 'TOTP_REQUIRED') setCredentials(given)
            },
          })
        }
      />
    </AuthPage>
  )
}
