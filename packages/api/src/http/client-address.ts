import { BlockList, isIP } from 'node:net'

export type FindAddress = (remote: string | undefined, forwardedFor: string | undefined) => string | null

/**
 * Finds the caller's address. X-Forwarded-For is believed only as far as configured proxies wrote it: from the right, the
 * first address that is not one of theirs. `trusted` holds addresses and CIDR ranges; throws for anything else.
 */
export function clientAddress(trusted: readonly string[]): FindAddress {
  const isProxy = proxies(trusted)

  return (remote, forwardedFor) => {
    if (remote === undefined) return null
    let address = plain(remote)
    const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()))
    while (isProxy(address)) {
      const hop = hops.pop()
      if (hop === undefined || isIP(hop) === 0) break
      address = hop
    }
    return address
  }
}

/** Whether an address is one of the proxies that are trusted. Throws when they are not named by addresses and ranges. */
export function proxies(trusted: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/')
    const version = isIP(address)
    if (version === 0) throw new Error(`TRUSTED_PROXIES: “${entry}” is neither an address nor a CIDR range.`)
    list.addSubnet(address, bits === undefined ? (version === 4 ? 32 : 128) : Number(bits), `ipv${version}` as 'ipv4')
  }
  return (remote) => {
    const address = plain(remote)
    return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
}

/** IPv4 in IPv6's clothes as plain IPv4. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}
