import { z } from '@hono/zod-openapi'

/** Wire shapes that every domain shares. */
export const Id = z.uuid()
export const Instant = z.iso.datetime().openapi({ example: '2026-12-01T03:30:00.000Z' })
/** An instant given by a client: any offset is understood. The century keeps sums and the database within their range. */
export const InstantInput = z.iso
  .datetime({ offset: true, abort: true })
  .regex(/^20/, 'Not in this century')
  .transform((text) => new Date(text))

export const Position = z
  .strictObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
  .openapi('Position', { example: { lat: 12.9716, lng: 77.5946 } })

/** Money in minor units: 25000 INR is ₹250.00. */
export const Money = z
  .strictObject({ amount: z.int().min(0), currency: z.literal('INR') })
  .openapi('Money', { example: { amount: 25000, currency: 'INR' } })

/**
 * A shape that has a name, or null. `.nullable()` would change the named shape itself in the OpenAPI document, for everything
 * that has it, or not be seen there at all: whichever of its uses comes first decides.
 */
export const orNull = <Shape extends z.ZodType>(shape: Shape) => z.union([shape, z.null()])

/** A day in India. The century keeps what is typed by mistake out. */
export const Day = z.iso
  .date({ abort: true })
  .regex(/^20/, 'Not in this century')
  .openapi({ example: '2027-06-30' })

/** A time of day in India. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time like 08:30')
  .openapi({ example: '08:30', description: 'In India' })

/** For lists in which nothing stands twice. */
export const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length

export const IdParams = z.object({ id: Id })
export const UserParams = z.object({ userId: Id })

/** A text of people: trimmed, not empty, without control characters and halves of surrogate pairs, which no UTF-8 has. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'No control characters')
    // The generator would publish the flag as part of the pattern.
    .openapi({ pattern: '^[^\\p{Cc}\\p{Cs}]*$' })

/** As `line`, but of several lines. */
export const paragraphs = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^(?:\n|[^\p{Cc}\p{Cs}])*$/u, 'No control characters but line breaks')
    .openapi({ pattern: '^(?:\\n|[^\\p{Cc}\\p{Cs}])*$' })
