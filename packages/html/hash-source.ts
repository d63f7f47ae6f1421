/** The hash of an inline script or style, as a Content-Security-Policy names it (CSP Level 3, 2.3.1). */
export async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}
