import { expect } from 'vitest'

interface KeptMail {
  to: string
  subject: string
  text: string
}

/** The mails to an address, newest first, as a developer reads them at /dev/outbox. */
async function mailsTo(url: string, email: string): Promise<KeptMail[]> {
  const { items } = (await (await fetch(`${url}/dev/outbox.json`)).json()) as { items: KeptMail[] }
  return items.filter(({ to }) => to === email)
}

/** The token in the newest mail to an address that leads to this page; waits for it to arrive. */
export async function tokenFor(url: string, email: string, page: string): Promise<string> {
  let token: string | undefined
  await expect
    .poll(
      async () => {
        const links = (await mailsTo(url, email)).flatMap(({ text }) => /https?:\S+/.exec(text) ?? [])
        const link = links.map((each) => new URL(each)).find(({ pathname }) => pathname === page)
        return (token = link?.searchParams.get('token') ?? undefined)
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBeDefined()
  return token ?? ''
}
