import type { User } from '@kickstartmyai/contract'
import { formatDay } from '../../i18n/format.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { FormSection } from '../../ui/form-section.tsx'
import { Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useTheme } from './use-theme.ts'

interface SettingsPageProps {
  user: User
  onSignOut: () => void
  onShowShortcuts: () => void
}

export function SettingsPage({ user, onSignOut, onShowShortcuts }: SettingsPageProps) {
  const [theme, setTheme] = useTheme()
  const facts = [
    [t('settings.email'), user.email],
    [t('settings.name'), user.fullName ?? t('settings.noName')],
    [t('settings.role'), t(`settings.roles.${user.role}`)],
    [t('settings.since'), formatDay(user.createdAt)],
  ]
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} narrow>
      <FormSection title={t('settings.appearance')} text={t('settings.appearanceText')}>
        <Segmented
          label={t('settings.theme')}
          value={theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`settings.themes.${value}`),
          }))}
          onChange={setTheme}
        />
      </FormSection>
      <FormSection title={t('settings.account')} text={t('settings.accountText')}>
        <dl className="grid grid-cols-[8rem_1fr] gap-y-2.5 text-sm">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 truncate">{value}</dd>
            </div>
          ))}
        </dl>
      </FormSection>
      <FormSection title={t('settings.keyboard')} text={t('settings.keyboardText')}>
        <Button className="self-start" onClick={onShowShortcuts}>
          {t('settings.showShortcuts')}
        </Button>
      </FormSection>
      <FormSection title={t('settings.session')} text={t('settings.sessionText')}>
        <Button className="self-start" onClick={onSignOut}>
          {t('shell.signOut')}
        </Button>
      </FormSection>
    </Page>
  )
}
