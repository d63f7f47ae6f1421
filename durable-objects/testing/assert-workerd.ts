// Outside workerd the tests would prove nothing about sockets, gates and eviction.
if (navigator.userAgent !== 'Cloudflare-Workers') {
  throw new Error(`These tests must run inside workerd, not in ${navigator.userAgent}`)
}
