import { en } from './en.ts'

type Catalogue = typeof en
type Plural = { readonly one: string; readonly other: string }

/** Every dotted path that ends at a text or at a plural pair: `chat.composer.send`. */
type Paths<Node, Prefix extends string = ''> = {
  [Key in keyof Node & string]: Node[Key] extends string | Plural
    ? `${Prefix}${Key}`
    : Paths<Node[Key], `${Prefix}${Key}.`>
}[keyof Node & string]

type At<Node, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Node
    ? At<Node[Head], Rest>
    : never
  : Path extends keyof Node
    ? Node[Path]
    : never

type Slots<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never
type SlotsOf<Value> = Value extends Plural ? Slots<Value['one'] | Value['other']> | 'count' : Slots<Value>

export type TextKey = Paths<Catalogue>
type Values<Key extends TextKey> = { [Name in SlotsOf<At<Catalogue, Key>>]: string | number }
type Arguments<Key extends TextKey> = [SlotsOf<At<Catalogue, Key>>] extends [never] ? [] : [Values<Key>]

/** The language of the catalogue in use, for `Intl` and for `<html lang>`. */
export const locale = 'en'

const plurals = new Intl.PluralRules(locale)

/**
 * The text at a path of the catalogue, with its `{slots}` filled in. A plural pair is chosen by `count`. Unknown paths
 * and missing slots do not compile.
 */
export function t<Key extends TextKey>(key: Key, ...[values]: Arguments<Key>): string {
  let node: unknown = en
  for (const step of key.split('.')) node = (node as Record<string, unknown>)[step]
  const slots = (values ?? {}) as Record<string, string | number>
  const text = typeof node === 'string' ? node : pickPlural(node as Plural, Number(slots['count']))
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(slots[name] ?? whole))
}

function pickPlural(pair: Plural, count: number): string {
  return plurals.select(count) === 'one' ? pair.one : pair.other
}
