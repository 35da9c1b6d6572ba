import { once } from 'node:events'
import { connect } from 'node:net'

/** Sends bytes as they are, which no HTTP client would, and gives all that comes back until the other side hangs up. */
export async function rawRequest(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  // Whoever is refused in mid-sentence may find the line cut.
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  socket.write(text)
  await closed
  return answer
}

/** A request without a body; `Connection: close` makes the server hang up. */
export const request = (line: string, headers: readonly string[] = []): string =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
