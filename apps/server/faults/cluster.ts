import { execFile } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL server of our own, which may be ill-treated. */
export interface Cluster extends AsyncDisposable {
  port: number
  /** Connects as the superuser to the database `postgres`. The password is not asked for; it must not be told either. */
  url: string
  /** Signals every process of the server: the postmaster and its children, which are in sessions of their own. */
  signal(signal: NodeJS.Signals): void
  stop(mode: 'fast' | 'immediate'): Promise<void>
  start(): Promise<void>
}

/** Never asked for by the server, always part of its address: it must not turn up in any log. */
const databasePassword = 'database-password-of-the-fault-suite'

const run = promisify(execFile)

/** Where the newest PostgreSQL server programs are; undefined where none are installed. */
export function postgresPrograms(): string | undefined {
  const version = (folder: string) => Number(/(\d+)/.exec(folder)?.[1] ?? 0)
  return globSync('/usr/lib/postgresql/*/bin')
    .toSorted((one, other) => version(other) - version(one))
    .concat(process.env['PATH']?.split(':') ?? [])
    .find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

/** Makes and starts a cluster in a temporary folder; disposing of it removes all of it. */
export async function startCluster(programs: string): Promise<Cluster> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'kickstartmyai-faults-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  const port = await freePort()
  // The server refuses to run as root.
  const isRoot = userInfo().uid === 0
  if (isRoot) {
    const [, , uid, gid] = (await run('getent', ['passwd', 'postgres'])).stdout.split(':')
    await chown(folder, Number(uid), Number(gid))
  }
  await symlink(programs, join(folder, 'bin'))
  const ask = (program: string, ...args: string[]) => {
    const path = join(folder, 'bin', program)
    const command = isRoot ? ['runuser', '-u', 'postgres', '--', path] : [path]
    return run(command[0]!, [...command.slice(1), ...args], { cwd: '/' })
  }
  await ask('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync')
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    // Processes are killed here, never the machine.
    '-c fsync=off',
    '-c max_connections=400',
  ].join(' ')
  const postmaster = join(data, 'postmaster.pid')
  const cluster: Omit<Cluster, keyof AsyncDisposable> = {
    port,
    url: `postgres://postgres:${databasePassword}@127.0.0.1:${port}/postgres`,
    signal(signal) {
      const pid = Number(readFileSync(postmaster, 'utf8').split('\n')[0])
      process.kill(pid, signal)
      for (const child of childrenOf(pid)) {
        try {
          process.kill(child, signal)
        } catch {
          // It has ended meanwhile.
        }
      }
    },
    async stop(mode) {
      await ask('pg_ctl', '-D', data, '-m', mode, '-w', 'stop')
    },
    async start() {
      await ask('pg_ctl', '-D', data, '-l', join(data, 'log'), '-w', '-o', options, 'start')
    },
  }
  stack.defer(async () => {
    if (!existsSync(postmaster)) return
    // It may stand still.
    cluster.signal('SIGCONT')
    await cluster.stop('immediate')
  })
  await cluster.start()
  const owned = stack.move()
  return { ...cluster, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(parent)
      } catch {
        // It has ended meanwhile.
        return false
      }
    })
    .map(Number)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
