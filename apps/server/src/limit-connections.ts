import type { Server } from 'node:http'
import { addressBlock } from '@kickstartmyai/domain'

/**
 * Keeps connections within a number: so many in all, and half of them from one address, so that no single one shuts everybody
 * out. A proxy in front holds the connections of everybody, and is not counted.
 */
export function limitConnections(server: Server, most: number, isProxy: (address: string) => boolean): void {
  const open = new Map<string, number>()
  server.maxConnections = most
  server.on('connection', (socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || isProxy(remoteAddress)) return
    const block = addressBlock(remoteAddress.replace(/^::ffff:(?=\d+\.)/, ''))
    const count = (open.get(block) ?? 0) + 1
    open.set(block, count)
    socket.once('close', () => {
      const left = (open.get(block) ?? 1) - 1
      if (left === 0) open.delete(block)
      else open.set(block, left)
    })
    if (count > most / 2) socket.destroy()
  })
}
