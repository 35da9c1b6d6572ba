import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** The schema in words that do not depend on the server's version: columns, constraints and indexes, table by table. */
export async function dumpSchema(db: Db): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    with tables as (
      select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'kysely%')
    select line from (
      select relname, 0 as part, 0 as place, 'table ' || relname as line from tables
      union all
      select t.relname, 1, a.attnum::int, '  column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
      union all
      select t.relname, 2, 0, '  constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
      from tables t join pg_constraint c on c.conrelid = t.oid where c.contype <> 'n'
      union all
      select t.relname, 3, 0, '  ' || replace(i.indexdef, ' ON public.', ' ON ')
      from tables t join pg_indexes i on i.schemaname = 'public' and i.tablename = t.relname
      union all
      select t.relname, 4, 0, '  ' || replace(pg_get_triggerdef(g.oid), ' ON public.', ' ON ')
      from tables t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
    ) lines order by relname collate "C", part, place, line collate "C"`.execute(db)
  return `${rows.map((row) => row.line).join('\n')}\n`
}
