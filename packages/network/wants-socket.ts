/** Whether a request asks to become a WebSocket (RFC 6455, 4.2.1). */
export const wantsSocket = ({ headers }: Request): boolean =>
  headers.get('upgrade')?.toLowerCase() === 'websocket'
