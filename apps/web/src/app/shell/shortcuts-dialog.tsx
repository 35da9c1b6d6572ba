import { t } from '../../i18n/t.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/keys.tsx'

const shortcuts = [
  ['palette', ['Mod', 'K']],
  ['newChat', ['Mod', 'Shift', 'O']],
  ['focus', ['/']],
  ['send', ['Enter']],
  ['newline', ['Shift', 'Enter']],
  ['recall', ['Up']],
  ['stop', ['Esc']],
  ['rail', ['Mod', 'B']],
  ['sheet', ['?']],
] as const

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog open onClose={onClose} title={t('shortcuts.title')}>
    <dl className="mt-4 divide-y divide-line">
      {shortcuts.map(([name, keys]) => (
        <div key={name} className="flex min-h-10 items-center justify-between gap-4 text-sm">
          <dt>{t(`shortcuts.${name}`)}</dt>
          <dd>
            <Keys keys={keys} />
            <span className="sr-only">{keys.join(' + ')}</span>
          </dd>
        </div>
      ))}
    </dl>
  </Dialog>
)
