import { escaped } from './escaped.ts';

/** Page for browsers that open the API's address. No scripts, nothing from other sites. */
export const landingPage = (publicUrl: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vocero</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}pre{background:#8881;padding:1rem;overflow:auto}</style>
<h1>Vocero</h1>
<p>Phones a business on someone's behalf and comes back with one honest outcome.</p>
<p>This is its API. Place a booking:</p>
<pre>curl -X POST ${escaped(publicUrl)}/v1/bookings \\
  -H 'Content-Type: application/json' -H 'Authorization: Bearer KEY' \\
  -d '{"business": {"name": "Clínica Dental Sur", "phone": "+541143211234"},
       "request": {"service_type": "dentista", "user_name": "Mauro"},
       "language": "es"}'</pre>
<p>Without <code>API_KEYS</code> no <code>Authorization</code> is needed. Then follow it:</p>
<pre>curl -N ${escaped(publicUrl)}/v1/bookings/ID/events</pre>
<ul>
<li><a href="/docs">docs</a>: every endpoint and field; <a href="/openapi.json">openapi.json</a> for programs</li>
<li><a href="/v1/bookings">/v1/bookings</a>: the bookings so far</li>
<li><a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a>: how it is doing</li>
</ul>
</html>
`;
