/** How a statement looks on a screen, by day and by night, and on paper. */
export const STYLE = String.raw`
:root{color-scheme:light dark;--paper:#fff;--ink:#16231d;--dim:#5c6b63;--rule:#dde6e0;--soft:#f1f6f3;--accent:#0a7a4e}
@media (prefers-color-scheme:dark){:root{--paper:#121a16;--ink:#eaf3ee;--dim:#93a59b;--rule:#26332d;--soft:#18221d;--accent:#35d08f}}
*{box-sizing:border-box;margin:0}
body{font:15px/1.45 -apple-system,"Segoe UI",Roboto,"Noto Sans",system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:860px;margin:0 auto;padding:32px 20px 48px}
.brand{font-weight:700;color:var(--accent)}
h1{font-size:26px;line-height:1.2;font-weight:650;letter-spacing:-.01em;margin:6px 0 16px}
dl{display:flex;flex-wrap:wrap;gap:8px 32px}
dt{font-size:12.5px;color:var(--dim)}
.id{font:13px/1.6 ui-monospace,"Roboto Mono",Menlo,monospace}
.sums{margin:24px 0;padding:16px 20px;gap:12px 40px;background:var(--soft);border-radius:12px}
.sums dd{font-size:19px;font-weight:650;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse}
th{font-size:12.5px;font-weight:600;color:var(--dim);text-align:left}
th,td{padding:9px 8px;border-bottom:1px solid var(--rule);vertical-align:top}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.when{white-space:nowrap;color:var(--dim)}
.about{color:var(--dim);font-size:13.5px;overflow-wrap:anywhere}
.edge td{font-weight:650;background:var(--soft)}
footer{margin-top:20px;font-size:12.5px;color:var(--dim)}
@media screen and (max-width:560px){thead{display:none}table,tbody{display:block}
tr{display:grid;grid-template-columns:1fr auto;column-gap:12px;padding:9px 0;border-bottom:1px solid var(--rule)}
td{border:0;padding:0}td:empty{display:none}.when{grid-column:1/-1;font-size:12.5px}.what{grid-row:2/span 2}.n{grid-column:2}
.out::before{content:"−"}.balance{color:var(--dim);font-size:13.5px}.edge{padding:9px 10px;background:var(--soft)}}
@page{size:A4;margin:16mm}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--dim:#444;--rule:#bbb;--soft:#fff;--accent:#000}
main{max-width:none;padding:0}body{font-size:11pt}.sums{border:1px solid var(--rule)}
thead{display:table-header-group}tr,footer{break-inside:avoid}}
`
