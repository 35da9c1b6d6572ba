import { Agent, request } from 'node:http'

/** One agent for all streams: connections are kept, as a busy client keeps them. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

/** Sends a request and hands its answer's text over piece by piece. Throws for a status of 400 and above. */
export function call(
  method: 'GET' | 'POST',
  url: string,
  { body, token, onText }: { body?: unknown; token?: string; onText?: (text: string) => void },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const sent = request(url, { method, agent, headers }, (response) => {
      let whole = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (onText ? onText(text) : (whole += text)))
      response.on('error', reject)
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 400) resolve(whole)
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${whole.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Finds the times of sending that `[[stamps]]` makes the model server write, in a text that comes in pieces. */
export function stampReader(onStamp: (sentAt: number) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    rest += text
    let end = 0
    for (const { 0: stamp, index } of rest.matchAll(/\d{16}/g)) {
      onStamp(Number(stamp))
      end = index + stamp.length
    }
    rest = rest.slice(Math.max(end, rest.length - 15))
  }
}

/** Counts occurrences of `mark` in a text that comes in pieces. */
export function counter(mark: string, onMark: () => void): (text: string) => void {
  let rest = ''
  return (text) => {
    rest += text
    let at = rest.indexOf(mark)
    for (; at >= 0; at = rest.indexOf(mark)) {
      onMark()
      rest = rest.slice(at + mark.length)
    }
    if (rest.length > mark.length) rest = rest.slice(-mark.length)
  }
}
