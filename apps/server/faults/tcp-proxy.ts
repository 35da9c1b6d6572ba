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
  /** What new connections suffer; asked once for each, with how many there were before. */
  suffering: (count: number) => Suffering
  /** Nothing passes any more, in either direction, and nobody is told; new connections are taken and left alone. */
  blackHole(): void
  /** What was held back passes. */
  heal(): void
  /** New connections pass; those that fell into the hole stay there for ever, and nobody is told. */
  forget(): void
  /** Breaks all connections now. */
  cutAll(): void
}

/** A client's connection and the one that it is carried on with. */
interface Pair {
  near: Socket
  far: Socket
  /** Held in the black hole until this resolves. */
  held: PromiseWithResolvers<void> | null
}

export async function startProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>()
  let made = 0
  let isHole = false

  const server = createServer({ pauseOnConnect: true }, (near) => {
    const suffering = proxy.suffering(made++)
    if (suffering.refuse) return void near.resetAndDestroy()
    const far = connect(proxy.target, '127.0.0.1')
    const pair: Pair = { near, far, held: isHole ? Promise.withResolvers() : null }
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    pairs.add(pair)
    for (const socket of [near, far]) socket.on('error', end).on('close', end).setNoDelay(true)
    void toServer(pair).then(() => far.end(), end)
    // Also after a cut in the middle: the server finds out that nobody is there.
    void toClient(pair, suffering).then(() => near.end(() => end()), end)
  })

  const proxy: TcpProxy = {
    get port() {
      return (server.address() as AddressInfo).port
    },
    target,
    suffering: () => ({}),
    blackHole() {
      isHole = true
      for (const pair of pairs) pair.held ??= Promise.withResolvers()
    },
    heal() {
      isHole = false
      for (const pair of pairs) {
        pair.held?.resolve()
        pair.held = null
      }
    },
    forget() {
      isHole = false
    },
    cutAll() {
      for (const { near, far, held } of pairs) {
        near.resetAndDestroy()
        far.destroy()
        held?.resolve()
      }
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      proxy.cutAll()
      await closed
    },
  }
  server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 })
  await once(server, 'listening')
  return proxy
}

async function toServer(pair: Pair): Promise<void> {
  for await (const data of pair.near as AsyncIterable<Buffer>) {
    if (pair.held) await pair.held.promise
    await write(pair.far, data)
  }
}

async function toClient(pair: Pair, { cutAfter = Infinity, delayMs = 0, bytesPerSecond }: Suffering): Promise<void> {
  let passed = 0
  for await (const data of pair.far as AsyncIterable<Buffer>) {
    if (pair.held) await pair.held.promise
    if (delayMs > 0) await sleep(delayMs)
    const piece = data.subarray(0, Math.max(0, cutAfter - passed))
    passed += piece.length
    await write(pair.near, piece)
    // What was written shall arrive: an end, not a reset, which would throw it away.
    if (passed >= cutAfter) return
    if (bytesPerSecond) await sleep((piece.length / bytesPerSecond) * 1000)
  }
}

/** Writes, and waits until it may write on: who does not read holds the other side up. */
async function write(to: Socket, data: Buffer): Promise<void> {
  if (to.write(data) || to.destroyed) return
  await Promise.race([once(to, 'drain'), once(to, 'close')])
}
