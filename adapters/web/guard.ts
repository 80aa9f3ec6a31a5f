import { isIP } from 'node:net';

/** What a request says about where it comes from. */
export interface Provenance {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The browser's own word: same-origin, same-site, cross-site or none. */
  readonly fetchSite: string | undefined;
}

/**
 * Why a request is refused, or null. A foreign page can reach a loopback server through the
 * visitor's browser: by a rebound name (wrong Host), or by posting across origins.
 *
 * @param publicHosts names under which the installation is served, lower case, without port
 */
export function refuseForeign(request: Provenance, publicHosts: readonly string[]): string | null {
  const name = hostName(request.host);
  if (name === null) return 'The request names no valid host.';
  // Rebinding needs a name: an address or "localhost" cannot be pointed elsewhere.
  const known = name === 'localhost' || isIP(name) !== 0 || publicHosts.includes(name);
  if (!known) return `Keel does not answer to the name ${name}: open the address it printed.`;
  const { fetchSite } = request;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads) {
    return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none'
      ? null
      : 'This can be read only from the Keel page itself.';
  }
  if (fetchSite !== undefined && fetchSite !== 'same-origin') {
    return 'This can be sent only from the Keel page itself.';
  }
  if (request.origin === undefined || originHost(request.origin) !== request.host?.toLowerCase()) {
    return 'This can be sent only from the Keel page itself.';
  }
  return null;
}

function hostName(host: string | undefined): string | null {
  if (host === undefined || !/^[\w.:[\]-]{1,255}$/.test(host)) return null;
  const name = URL.parse(`http://${host}`)?.hostname;
  return name ? name.replace(/^\[|\]$/g, '') : null;
}

function originHost(origin: string): string | null {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === origin ? url.host : null;
}
