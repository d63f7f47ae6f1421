/** How the page looks, by day and by night, on a phone and beside a map on a larger screen. */
export const STYLE = String.raw`
:root{color-scheme:light dark;--ground:#eef2ee;--grid:#e2e9e2;--glow:#dcebe3;--paper:#fff;--ink:#16231d;--dim:#5c6b63;
--line:#c5d2ca;--rule:#e2e9e2;--accent:#0a8f5b;--accent-ink:#fff;--soft:#e6f5ee;--warn:#8a5300;--warn-soft:#fff3dc;--bad:#c2232f;
--bad-soft:#fdeaea;--pin:#16231d;--paint:#0b7f52;--glass:#d8f3e6;--edge:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#0d1512;--grid:#14201b;--glow:#12291f;--paper:#17211d;--ink:#eaf3ee;
--dim:#93a59b;--line:#33463d;--rule:#26332d;--accent:#35d08f;--accent-ink:#04150d;--soft:#143127;--warn:#ffc766;--warn-soft:#33270f;
--bad:#ff7a7f;--bad-soft:#3a1618;--pin:#eaf3ee;--paint:#35d08f;--glass:#0b2b1e;--edge:#0d1512}}
*{box-sizing:border-box;margin:0}
html,body{height:100%}
body{font:16px/1.45 -apple-system,"Segoe UI",Roboto,"Noto Sans",system-ui,sans-serif;color:var(--ink);background:var(--paper);
-webkit-text-size-adjust:100%}
main{min-height:100%;display:flex;flex-direction:column}
.field{position:relative;flex:1 1 50vh;min-height:300px;display:grid;place-items:center;overflow:hidden;background:
radial-gradient(circle at 50% 45%,var(--glow),transparent 62%),
repeating-linear-gradient(0deg,var(--grid) 0 1px,transparent 1px 44px),
repeating-linear-gradient(90deg,var(--grid) 0 1px,transparent 1px 44px),var(--ground)}
.brand{position:absolute;z-index:1;top:max(14px,env(safe-area-inset-top));left:18px;font-weight:700;letter-spacing:.01em;
display:flex;align-items:center;gap:8px}
.brand i{width:10px;height:10px;border-radius:50%;background:var(--accent)}
#map{width:100%;height:100%;max-width:860px;overflow:visible;padding:34px 0 30px}
.way,.driven{fill:none;stroke-linecap:round;stroke-linejoin:round}
.way{stroke:var(--line);stroke-width:15}
.driven{stroke:var(--accent);stroke-width:15;transition:stroke-dasharray 1s linear}
.start{fill:var(--paper);stroke:var(--accent);stroke-width:9}
.pin path{fill:var(--pin)}.pin circle{fill:var(--ground)}
.pin.plain{opacity:.45}
.label{fill:var(--ink);font-size:35px;font-weight:650;paint-order:stroke;stroke:var(--ground);stroke-width:11px;stroke-linejoin:round}
.car{transition:transform 1s linear}
.car-paint{fill:var(--paint);stroke:var(--edge);stroke-width:6}
.car-glass{fill:var(--glass)}
.halo{fill:var(--accent);opacity:.2;transform-box:fill-box;transform-origin:center;animation:pulse 2.4s ease-out infinite}
.sos circle{fill:var(--bad);stroke:var(--edge);stroke-width:7}
.sos .halo{fill:var(--bad);stroke:none}
@keyframes pulse{0%{transform:scale(.55);opacity:.42}100%{transform:scale(1.5);opacity:0}}
#card{position:relative;z-index:1;margin-top:-26px;padding:24px 20px calc(18px + env(safe-area-inset-bottom));background:var(--paper);
border-radius:26px 26px 0 0;box-shadow:0 -8px 30px rgb(0 0 0/.12)}
h1{font-size:27px;line-height:1.2;font-weight:500;letter-spacing:-.015em;margin-top:12px}
h1 b{font-weight:750}
.sub{color:var(--dim)}
.small{color:var(--dim);font-size:13.5px;margin-top:6px}
.seen::before{content:"";display:inline-block;width:8px;height:8px;margin-right:7px;border-radius:50%;background:var(--accent)}
.chip{display:inline-block;padding:4px 12px;border-radius:99px;font-size:14px;font-weight:650;background:var(--soft);color:var(--accent)}
.chip.scheduled,.chip.completed{background:var(--ground);color:var(--dim)}
.chip.cancelled{background:var(--bad-soft);color:var(--bad)}
.notice{margin-top:12px;padding:10px 14px;border-radius:14px;font-size:14.5px;background:var(--ground);color:var(--dim)}
.notice.warn{background:var(--warn-soft);color:var(--warn)}
.track{margin:20px 0 18px}
.bar{height:7px;border-radius:9px;overflow:hidden;background:var(--ground)}
.bar svg{display:block;width:100%;height:100%}.bar rect{fill:var(--accent)}
.ends{display:flex;justify-content:space-between;gap:16px;margin-top:7px;font-size:14px;color:var(--dim)}
.ends span:last-child{text-align:right}
.who+.small{margin-top:16px}
.who{display:flex;align-items:center;gap:13px;padding-top:16px;border-top:1px solid var(--rule)}
.who p:nth-child(2){flex:1;min-width:0;line-height:1.3}
.who .sub{font-size:14px}
.face{flex:none;width:46px;height:46px;border-radius:50%;display:grid;place-items:center;font-size:20px;font-weight:700;
background:var(--soft);color:var(--accent)}
.plate{flex:none;display:flex;align-items:center;font:700 15px/1 ui-monospace,"Roboto Mono",Menlo,monospace;white-space:nowrap;
color:#111;background:#fff;border:1.5px solid #1d1d1d;border-radius:6px;padding:7px 9px 7px 0}
.plate i{font:700 7px/1 system-ui,sans-serif;color:#fff;background:#1b3f94;align-self:stretch;display:grid;place-items:end center;
padding:0 3px 3px;margin:-7px 8px -7px 0;border-radius:4px 0 0 4px}
.alarm{padding:16px 18px;border-radius:18px;background:var(--bad-soft);color:var(--bad)}
.alarm h1{margin:0;font-weight:750;font-size:23px}
.alarm p{margin-top:4px}
h1.good{color:var(--accent)}
h1+.sub{margin-top:5px}
.actions{display:flex;gap:10px;margin:12px 0 18px}
.actions:last-child{margin-bottom:0}
.button{flex:1;padding:13px 10px;border-radius:14px;text-align:center;font-weight:650;text-decoration:none;background:var(--ground);color:var(--ink)}
.button.urgent{background:var(--bad);color:var(--paper)}
#offline{position:fixed;z-index:2;inset:calc(52px + env(safe-area-inset-top)) 16px auto;max-width:420px;padding:11px 16px;border-radius:14px;text-align:center;
background:var(--ink);color:var(--paper)}
.sign{width:116px;fill:none;stroke:var(--line);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.sign.good{stroke:var(--accent)}
#card>h1:first-child{margin-top:0;font-weight:650}
@media (min-width:800px){main{flex-direction:row}.field{flex:1;height:100vh}
#card{width:400px;flex:none;margin:0;padding:40px 32px;border-radius:0;box-shadow:0 0 40px rgb(0 0 0/.12)}
.label{font-size:24px}#map{padding:0}}
@media (prefers-reduced-motion:reduce){.halo{animation:none}.car,.driven{transition:none}}
`
