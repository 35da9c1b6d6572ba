import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What one connection suffers. Bytes are counted on the way to the client. */
export interface Suffering {
  /** Closed before a byte has passed. */
  refuse?: boolean
  /** Broken off, without a goodbye, after so many bytes. */
  cutAfter?: number
  /** Each piece is held up for so long, in milliseconds. */
  delayMs?: number
  /** No faster than this, in bytes a second. */
  bytesPerSecond?: number
}

/** Stands between a client and a server on this machine, and is a bad network. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** Where new connections go. */
  target: number
  /** What new connections suffer; asked once for each. */
  suffering: (count: number) => Suffering
  /** Nothing passes any more, in either direction, and nobody is told; new connections are taken and left alone. */
  blackHole(): void
  /** What was held back passes. */
  heal(): void
  /** Breaks all connections now. */
  cutAll(): void
  /** How many connections were made so far. */
  readonly made: number
}

export async function startProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let made = 0
  let isHole = false
  let healed = Promise.withResolvers<void>()

  const server = createServer({ pauseOnConnect: true }, (near) => {
    const suffering = proxy.suffering(made++)
    if (suffering.refuse) return void near.resetAndDestroy()
    const far = connect(proxy.target, '127.0.0.1')
    const pair = [near, far] as const
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    pairs.add(pair)
    for (const socket of pair) socket.on('error', end).on('close', end).setNoDelay(true)
    near.on('data', (data) => pass(far, near, data))
    near.on('end', () => far.end())
    void carry(far, near, suffering).then(end, end)
    if (!isHole) near.resume()
  })
  const pass = (to: Socket, from: Socket, data: Buffer) => {
    if (to.write(data) || to.destroyed) return
    from.pause()
    to.once('drain', () => isHole || from.resume())
  }

  /** To the client, one piece after the other: a client that does not read holds the server up. */
  async function carry(far: Socket, near: Socket, { cutAfter = Infinity, delayMs = 0, bytesPerSecond }: Suffering) {
    let passed = 0
    for await (const data of far as AsyncIterable<Buffer>) {
      if (isHole) await healed.promise
      if (delayMs > 0) await sleep(delayMs)
      const piece = data.subarray(0, Math.max(0, cutAfter - passed))
      passed += piece.length
      if (!near.write(piece) && !near.destroyed) await Promise.race([once(near, 'drain'), once(near, 'close')])
      if (passed >= cutAfter) {
        // What was written shall arrive; a reset would throw it away.
        await new Promise<void>((sent) => near.end(sent))
        return
      }
      if (bytesPerSecond) await sleep((piece.length / bytesPerSecond) * 1000)
    }
    await new Promise<void>((sent) => near.end(sent))
  }

  const proxy: TcpProxy = {
    get port() {
      return (server.address() as AddressInfo).port
    },
    get made() {
      return made
    },
    target,
    suffering: () => ({}),
    blackHole() {
      isHole = true
      healed = Promise.withResolvers()
      for (const [near] of pairs) near.pause()
    },
    heal() {
      isHole = false
      healed.resolve()
      for (const [near] of pairs) near.resume()
    },
    cutAll() {
      for (const [near, far] of pairs) {
        near.resetAndDestroy()
        far.destroy()
      }
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      proxy.heal()
      proxy.cutAll()
      await closed
    },
  }
  server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 })
  await once(server, 'listening')
  return proxy
}
