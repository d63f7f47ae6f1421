import { WorkerEntrypoint } from 'cloudflare:workers'
import type {
  Admission,
  GatewayBackend,
  GatewayCall,
  GatewayCaller,
  RideAdmission,
  RideWish,
} from '#packages/protocol/gateway-backend.ts'

/**
 * The application as gateways see it, without memory: a token names the person, their session and whether it is too old;
 * every ride is under way, and its driver is the person of the same id.
 */
export class FakeBackend extends WorkerEntrypoint implements GatewayBackend {
  async admit(tokens: readonly string[]): Promise<Admission[]> {
    return tokens.map((token) => {
      const [userId = '', sessionId, time] = token.split(' ')
      if (sessionId === undefined)
        return { refused: { code: 'token_invalid', message: 'The access token is not valid' } }
      return { pass: { userId, sessionId }, isExpired: time === 'expired' }
    })
  }

  async passToRides(wishes: readonly RideWish[]): Promise<RideAdmission[]> {
    return wishes.map(({ userId, sessionId, rideId }) => {
      const ride = {
        id: rideId,
        driverId: rideId,
        status: 'started' as const,
        departsAt: '2026-11-22T06:00:00Z',
      }
      return { pass: { userId, sessionId, role: userId === rideId ? 'driver' : 'passenger', ride } }
    })
  }

  async call(caller: GatewayCaller, call: GatewayCall): Promise<{ status: number; body: string }> {
    return { status: 200, body: JSON.stringify({ ...caller, ...call }) }
  }
}
