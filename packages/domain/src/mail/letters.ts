import type { Letter } from './letter.ts'

const product = 'KickStartMyAI'

const inWords = (seconds: number) => {
  const [count, unit] =
    seconds < 2 * 3600
      ? [Math.round(seconds / 60), 'minutes']
      : seconds < 2 * 86_400
        ? [Math.round(seconds / 3600), 'hours']
        : [Math.round(seconds / 86_400), 'days']
  return `The link can be used once, within ${count} ${unit}.`
}

export const verifyEmail = (url: string, seconds: number): Letter => ({
  subject: `Confirm your e-mail address for ${product}`,
  paragraphs: [
    `This address was given for an account at ${product}. Confirm that it is yours by following the link.`,
    inWords(seconds),
    'If you did not ask for this, do nothing.',
  ],
  link: { words: 'Confirm this address', url },
})

export const resetPassword = (url: string, seconds: number): Letter => ({
  subject: `Choose a new password for ${product}`,
  paragraphs: [
    `Somebody, probably you, asked for a new password for your account at ${product}.`,
    inWords(seconds),
    'If it was not you, do nothing: your password stays as it is.',
  ],
  link: { words: 'Choose a new password', url },
})

export const choosePassword = (url: string, seconds: number): Letter => ({
  subject: `Your account at ${product}`,
  paragraphs: [
    `An administrator has made an account at ${product} for you. Choose a password to begin.`,
    inWords(seconds),
  ],
  link: { words: 'Choose a password', url },
})

export const invitation = (url: string, seconds: number): Letter => ({
  subject: `You are invited to ${product}`,
  paragraphs: [
    `An administrator has invited you to ${product}. Follow the link to make your account.`,
    inWords(seconds),
  ],
  link: { words: 'Make your account', url },
})

const notYou = 'If it was not you, ask for a new password at once, and tell your administrator.'

export const passwordChanged: Letter = {
  subject: `Your password at ${product} was changed`,
  paragraphs: [`The password of your account at ${product} was changed, and all other sessions have ended.`, notYou],
}

export const emailChangeRequested: Letter = {
  subject: `A new e-mail address for your account at ${product}`,
  paragraphs: [
    `A new e-mail address was given for your account at ${product}. It takes the place of this one when it is confirmed.`,
    notYou,
  ],
}

export const totpEnabled: Letter = {
  subject: `Your account at ${product} asks for a code now`,
  paragraphs: [`Signing in to your account at ${product} needs a code of your authenticator app from now on.`, notYou],
}

export const totpDisabled: Letter = {
  subject: `Your account at ${product} asks for no code any more`,
  paragraphs: [`The second factor of your account at ${product} was taken away.`, notYou],
}
