import { toClientError } from '@kickstartmyai/client'
import { t } from './t.ts'

export interface ErrorText {
  /** What happened. */
  title: string
  /** What is safe and what to do. */
  text: string
  /** The id under which the server's log has it. */
  reference: { label: string; id: string } | undefined
}

/** Any failure in words that a person can do something with. */
export function errorText(error: unknown): ErrorText {
  const { code, requestId, message, details } = toClientError(error)
  const reference = requestId ? { label: t('common.requestId'), id: requestId } : undefined
  const said = (title: string, text: string): ErrorText => ({ title, text, reference })
  switch (code) {
    case 'NETWORK':
      return said(t('error.offline'), t('error.offlineText'))
    case 'INVALID_CREDENTIALS':
      return { ...said(t('auth.invalid'), t('auth.invalidText')), reference: undefined }
    case 'TOKEN_INVALID':
      return { ...said(t('auth.linkDead'), t('auth.linkDeadText')), reference: undefined }
    case 'EMAIL_NOT_VERIFIED':
      return { ...said(t('auth.notVerified'), message), reference: undefined }
    case 'ACCOUNT_SUSPENDED':
      return { ...said(t('auth.suspended'), message), reference: undefined }
    case 'EMAIL_TAKEN':
      return { ...said(t('auth.taken'), message), reference: undefined }
    case 'NOT_FOUND':
      return said(t('error.notFound'), t('error.notFoundText'))
    case 'FORBIDDEN':
      return said(t('error.forbidden'), message)
    case 'UNAUTHORIZED':
    case 'TOKEN_EXPIRED':
      return said(t('error.signedOut'), t('error.signedOutText'))
    case 'RATE_LIMITED': {
      const seconds = details?.retryAfterSeconds
      return said(
        t('error.rateLimited'),
        seconds === undefined ? t('error.rateLimitedText') : t('error.rateLimitedFor', { seconds: Math.ceil(seconds) }),
      )
    }
    case 'LIMIT_EXCEEDED':
      return said(t('error.limit'), message)
    case 'VALIDATION_FAILED':
      return said(t('error.validation'), message)
    case 'MODEL_NOT_CONFIGURED':
      return said(t('error.model'), message)
    case 'CONFLICT':
    case 'CONVERSATION_BUSY':
    case 'IDEMPOTENCY_MISMATCH':
    case 'EXECUTION_ENDED':
      return said(t('error.conflict'), message)
    case 'PAYLOAD_TOO_LARGE':
      return said(t('error.tooLarge'), message)
    case 'UNAVAILABLE':
    case 'TIMEOUT':
      return said(t('error.unavailable'), t('error.unavailableText'))
    default:
      return said(t('error.unknown'), t('error.unknownText'))
  }
}

/** The fields that the server refused, by their dotted path. */
export function fieldIssues(error: unknown): Record<string, string> {
  const issues = error ? (toClientError(error).details?.issues ?? []) : []
  return Object.fromEntries(issues.map(({ path, message }) => [path, message]))
}

/** Whether something that was asked for by its id does not exist; an id that cannot be one does not either. */
export function isMissing(error: unknown): boolean {
  if (!error) return false
  const { code } = toClientError(error)
  return code === 'NOT_FOUND' || code === 'VALIDATION_FAILED'
}
