import { createLazyRoute } from '@tanstack/react-router'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { CredentialsForm } from '../../features/auth/credentials-form.tsx'
import { useSignUp } from '../../features/auth/use-sign-up.ts'
import { t } from '../../i18n/t.ts'
import { useEnter } from '../use-enter.ts'
import { useLinkToken } from '../use-link-token.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/guest/invitation')({ component: InvitationRoute })

/** Where the link of an invitation leads. */
function InvitationRoute() {
  useTitle(t('auth.signUp'))
  const invitation = useLinkToken()
  const { mutate, isPending, error } = useSignUp(useEnter(undefined))
  return (
    <AuthPage title={t('auth.invitedTitle')} lead={t('auth.invitedLead')} footer={null}>
      <CredentialsForm isNew busy={isPending} error={error} onSubmit={(input) => mutate({ ...input, invitation })} />
    </AuthPage>
  )
}
