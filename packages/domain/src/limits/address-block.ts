import { isIPv6, SocketAddress } from 'node:net'

/**
 * What of an address stands for somebody: IPv4 as it is, IPv6 without its lower half, since whoever has one has 2⁶⁴ of them.
 * An address that is not known is a place of its own.
 */
export function addressBlock(address: string | null): string {
  if (address === null || !isIPv6(address)) return address ?? 'unknown'
  const plain = address.split('%', 1)[0] ?? address
  // Written in full in one way: groups without leading zeros, at most one `::`.
  const [head = '', tail] = new SocketAddress({ address: plain, family: 'ipv6' }).address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail ? tail.split(':') : [])]
  return `${all.slice(0, 4).join(':')}::/64`
}
