/**
 * What a browser does between "Add to Slack" and the page that thanks: it follows the app's start
 * page to the consent page, and comes back to the app with code, state and cookies.
 *
 * @param start the app's install page
 * @param back where the app takes the code, when its start page does not say
 */
export async function walkInstall(start: string, back: string): Promise<Response> {
  const first = await fetch(start, { redirect: 'manual' });
  const cookies = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const page = await first.text();
  const link = /href="([^"]*oauth\/v2\/authorize[^"]*)"/.exec(page)?.[1].replaceAll('&amp;', '&');
  const authorize = first.headers.get('location') ?? link;
  if (authorize === undefined) {
    throw new Error(`The start page answered ${first.status} and leads to no consent page.`);
  }
  const address = new URL(authorize);
  if (!address.searchParams.has('redirect_uri')) address.searchParams.set('redirect_uri', back);
  const consent = await fetch(address, { redirect: 'manual' });
  const home = consent.headers.get('location');
  if (home === null) throw new Error(`The consent page said: ${await consent.text()}`);
  return fetch(home, { headers: { cookie: cookies.join('; ') }, redirect: 'manual' });
}
