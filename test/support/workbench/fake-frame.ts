/**
 * A replay frame that speaks the protocol and shows a clock instead of a recording: what stands in for the frame where only
 * the window around it is tested. It keeps what it was told in `received`.
 */
export const FAKE_FRAME_SCRIPT = `
const DURATION_MS = 103200;
const state = { atMs: 0, playing: false, speed: 1 };
window.received = [];
addEventListener('message', (event) => {
  if (event.data !== 'traceflow:replay' || event.ports.length !== 2) return;
  const control = event.ports[1];
  const clock = document.getElementById('clock');
  const tell = () => {
    clock.textContent = (state.atMs / 1000).toFixed(1);
    control.postMessage({ type: 'time', atMs: state.atMs, playing: state.playing });
  };
  control.onmessage = ({ data }) => {
    window.received.push(data);
    if (data.type === 'seek') state.atMs = data.atMs;
    if (data.type === 'play') state.playing = true;
    if (data.type === 'pause') state.playing = false;
    if (data.type === 'speed') state.speed = data.speed;
    if (data.type === 'highlight') document.getElementById('pay').classList.toggle('outlined', data.node !== null);
    tell();
  };
  setInterval(() => {
    if (!state.playing) return;
    state.atMs = Math.min(DURATION_MS, state.atMs + 50 * state.speed);
    if (state.atMs === DURATION_MS) state.playing = false;
    tell();
  }, 50);
  control.postMessage({ type: 'viewport', width: 1280, height: 720 });
  control.postMessage({ type: 'blocked', count: 3, urls: ['https://cdn.acme.test/logo.svg', 'https://fonts.acme.test/inter.woff2'] });
  control.postMessage({ type: 'repaired', count: 2, reasons: [{ reason: 'An event named a node that is not on the page.', count: 2 }] });
  control.postMessage({ type: 'nonsense', atMs: 'x' });
  control.postMessage({ type: 'opened', durationMs: DURATION_MS, events: 4200 });
});
`;

/** Its document: a made-up checkout, so that a picture of the window looks like something. */
export const FAKE_FRAME_HTML = `<!doctype html><meta charset="utf-8"><style>
body{margin:0;font:16px/1.5 sans-serif;background:#fff;color:#222}
header{background:#1d3557;color:#fff;padding:16px 32px}
main{display:grid;grid-template-columns:1fr 360px;gap:32px;padding:32px}
.card{border:1px solid #ddd;border-radius:8px;padding:16px;margin-bottom:16px}
button{background:#e63946;color:#fff;border:0;border-radius:6px;padding:12px 24px;font:inherit}
.outlined{outline:3px solid #0a5cc7;outline-offset:3px}
</style><header>Acme kettles <span id="clock" style="float:right"></span></header>
<main><section><h1>Checkout</h1><div class="card">Card number<br>•••• •••• •••• ••••</div><div class="card">Address<br>████ ██████</div><button id="pay">Pay</button></section>
<aside class="card"><h2>Your order</h2><p>Blue kettle × 1</p><p>Green kettle × 2</p><hr><b>Total 84.00</b></aside></main>
<script src="/frame.js"></script>`;
