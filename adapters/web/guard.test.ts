import { describe, expect, it } from 'vitest';
import { refuseForeign } from './guard.ts';

const host = '127.0.0.1:3210';
const post = { method: 'POST', host, origin: `http://${host}`, fetchSite: 'same-origin' };
const get = { method: 'GET', host, origin: undefined, fetchSite: 'same-origin' };

describe('web guard', () => {
  it('lets the page itself read and write, by address or localhost', () => {
    expect(refuseForeign(post, [])).toBeNull();
    expect(refuseForeign(get, [])).toBeNull();
    for (const name of ['localhost:3210', '[::1]:3210', '192.168.1.7:3210']) {
      expect(refuseForeign({ ...post, host: name, origin: `http://${name}` }, [])).toBeNull();
    }
  });

  it('refuses a name that could be rebound, unless the installation is served under it', () => {
    const named = { ...post, host: 'keel.example', origin: 'https://keel.example' };
    expect(refuseForeign(named, [])).toMatch(/does not answer to the name keel.example/);
    expect(refuseForeign(named, ['keel.example'])).toBeNull();
    expect(refuseForeign({ ...get, host: 'localhost.evil.test' }, [])).not.toBeNull();
  });

  it('refuses a post whose origin is missing, foreign, opaque or merely similar', () => {
    const foreign = [
      undefined,
      'null',
      '',
      'https://evil.test',
      'http://127.0.0.1:3211',
      'http://127.0.0.1:3210.evil.test',
      'http://127.0.0.1:3210@evil.test',
      'file://127.0.0.1:3210',
      'http://127.0.0.1:3210/',
    ];
    for (const origin of foreign) {
      expect(refuseForeign({ ...post, origin }, []), String(origin)).not.toBeNull();
    }
  });

  it('believes the browser when it says that a request comes from elsewhere', () => {
    for (const fetchSite of ['cross-site', 'same-site']) {
      expect(refuseForeign({ ...post, fetchSite }, [])).not.toBeNull();
      expect(refuseForeign({ ...get, fetchSite }, [])).not.toBeNull();
    }
    expect(refuseForeign({ ...post, fetchSite: 'none' }, [])).not.toBeNull();
    expect(refuseForeign({ ...get, fetchSite: 'none' }, [])).toBeNull();
    expect(refuseForeign({ ...get, fetchSite: undefined }, [])).toBeNull();
  });

  it('refuses a missing or malformed host', () => {
    for (const bad of [undefined, '', 'a b', 'a/b', 'a@b', '\u0000', '[::1']) {
      expect(refuseForeign({ ...get, host: bad }, []), String(bad)).not.toBeNull();
    }
  });
});
