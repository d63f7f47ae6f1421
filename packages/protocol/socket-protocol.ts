/**
 * The WebSocket subprotocol of the native sockets. Browsers offer it with the access token behind it:
 * `new WebSocket(url, [SOCKET_PROTOCOL, accessToken])`.
 */
export const SOCKET_PROTOCOL = 'margwa.v1'
