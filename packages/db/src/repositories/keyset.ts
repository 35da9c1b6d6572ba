/** Where a page of a list that is ordered by time and id goes on. */
export interface Keyset {
  at: Date
  id: string
}

export interface PageRequest {
  limit: number
  after: Keyset | null
}
