/** Legs [legFrom, legTo) of a ride. */
export interface Legs {
  legFrom: number
  legTo: number
}

/** Somebody who has a seat, or is held one. */
export interface Aboard extends Legs {
  /** Null: not said. */
  gender: string | null
  /** Whether they ride only with people of their own gender. */
  sameGender: boolean
}

const onLegs = ({ legFrom, legTo }: Legs, aboard: readonly Aboard[]): Aboard[] =>
  aboard.filter((other) => other.legFrom < legTo && other.legTo > legFrom)

/**
 * Whether somebody can ride on these legs beside those on board: not where a wish for people of one's own gender, theirs or that
 * of another, would be broken. Who has not said their gender is like nobody. The driver is not looked at.
 */
export function canRideBeside(
  person: Pick<Aboard, 'gender' | 'sameGender'>,
  legs: Legs,
  aboard: readonly Aboard[],
): boolean {
  return onLegs(legs, aboard).every(
    ({ gender, sameGender }) =>
      (!person.sameGender && !sameGender) || (gender !== null && gender === person.gender),
  )
}

/** Whether somebody on these legs rides only with people of their own gender. */
export function isSameGenderOnly(legs: Legs, aboard: readonly Aboard[]): boolean {
  return onLegs(legs, aboard).some(({ sameGender }) => sameGender)
}
