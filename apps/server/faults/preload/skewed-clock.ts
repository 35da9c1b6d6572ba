// Loaded before a server (node --import): its clock is wrong by CLOCK_SKEW_MS. What measures time apart from the clock on
// the wall (performance.now, timers) is right, as on a machine whose clock is wrong.
const skewMs = Number(process.env['CLOCK_SKEW_MS'])
const { now } = Date
const RealDate = Date

class SkewedDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    if (given.length === 0) super(now() + skewMs)
    else super(...(given as [number]))
  }

  static override now(): number {
    return now() + skewMs
  }
}
globalThis.Date = SkewedDate as DateConstructor
