/** Another process has taken the execution over, or it is gone: whoever gets this stops and writes no more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'

  constructor() {
    super('The lease on the execution was lost.')
  }
}
