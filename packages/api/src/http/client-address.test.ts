import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

test('without configured proxies X-Forwarded-For is not believed', () => {
  expect(clientAddress([])('203.0.113.9', '1.2.3.4')).toBe('203.0.113.9')
})

test.for([
  ['10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
  ['10.0.0.1', '1.2.3.4, 10.9.9.9', '1.2.3.4'],
  ['10.0.0.1', 'nonsense', '10.0.0.1'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['203.0.113.9', '1.2.3.4', '203.0.113.9'],
] as const)('behind a proxy: from %s with «%s» it is %s', ([remote, forwarded, expected]) => {
  expect(clientAddress(['10.0.0.0/8'])(remote, forwarded)).toBe(expected)
})

test('what is neither an address nor a range is refused at the start', () => {
  expect(() => clientAddress(['proxy.internal'])).toThrow('TRUSTED_PROXIES')
})
