import { z } from '@hono/zod-openapi'
import { MAX_EXCEPTIONS } from '#packages/schedules/pattern.ts'
import { areDistinct, Day, TimeOfDay } from '../http/shapes.ts'

const DAYS_A_WEEK = 7

const Weekday = z.int().min(1).max(DAYS_A_WEEK)

/** When a route is driven every week, as it is given. */
export const NewSchedule = z
  .strictObject({
    weekdays: z.array(Weekday).min(1).max(DAYS_A_WEEK).refine(areDistinct, 'Each once').openapi({
      description: '1 Monday to 7 Sunday',
    }),
    departs: TimeOfDay,
    from: Day,
    until: Day.nullish().openapi({ description: 'The last day; left out: it goes on' }),
    exceptions: z
      .array(
        z.strictObject({
          day: Day,
          departs: TimeOfDay.nullable().openapi({ description: 'Another time; null: no ride on that day' }),
        }),
      )
      .max(MAX_EXCEPTIONS)
      .refine((list) => areDistinct(list.map(({ day }) => day)), 'Each day once')
      .default([]),
  })
  .refine(({ from, until }) => !until || until >= from, { path: ['until'], message: 'Not before `from`' })
  .transform(({ until = null, ...pattern }) => ({ ...pattern, until }))
  .openapi('NewSchedule')

export const Schedule = z
  .object({
    weekdays: z.array(Weekday),
    departs: z.string(),
    from: z.iso.date(),
    until: z.iso.date().nullable(),
    exceptions: z.array(z.object({ day: z.iso.date(), departs: z.string().nullable() })),
    madeUntil: z.iso.date().nullable().openapi({ description: 'Rides are made up to and with this day' }),
  })
  .openapi('Schedule')
