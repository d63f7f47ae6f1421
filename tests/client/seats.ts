/** Seats of one row each, in the column of their letter: `['1A', 'passenger'], ['1B', 'driver']`. */
export const seatsOf = (...seats: [id: string, kind: 'driver' | 'passenger' | 'blocked'][]) =>
  seats.map(([id, kind]) => ({
    ...{ id, kind, label: `Seat ${id}` },
    row: Number.parseInt(id, 10),
    column: id.charCodeAt(id.length - 1) - 64,
  }))
