/** How a receipt looks: a sheet of paper, on a screen as in print. */
export const RECEIPT_STYLE = String.raw`
:root{color-scheme:light;--ink:#16231d;--dim:#5c6b63;--rule:#dfe6e1;--accent:#0a8f5b;--soft:#eff6f2}
*{box-sizing:border-box;margin:0}
body{font:15px/1.5 -apple-system,"Segoe UI",Roboto,"Noto Sans",system-ui,sans-serif;color:var(--ink);background:#e8ede9;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:190mm;margin:24px auto;padding:44px 48px;background:#fff;border-radius:14px;box-shadow:0 8px 40px rgb(20 40 30/.12)}
header{display:flex;justify-content:space-between;align-items:start;gap:24px;padding-bottom:22px;border-bottom:3px solid var(--accent)}
.brand{display:flex;align-items:center;gap:9px;font-size:20px;font-weight:700}
.brand i{width:12px;height:12px;border-radius:50%;background:var(--accent)}
.number{text-align:right}
h1{font-size:17px;font-weight:650}
.number b{font:600 16px/1.7 ui-monospace,"Roboto Mono",Menlo,monospace}
.dim{color:var(--dim)}
.small{font-size:13px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:28px;padding:24px 0}
h2{margin-bottom:5px;font-size:12px;font-weight:650;letter-spacing:.05em;text-transform:uppercase;color:var(--dim)}
.way{font-size:19px;font-weight:650;line-height:1.3}
p,td,h1{overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
td{padding:10px 0;border-top:1px solid var(--rule);vertical-align:top}
td:last-child{width:120px;text-align:right;white-space:nowrap}
.total td{padding:13px 0;border-top:2px solid var(--ink);font-size:18px;font-weight:700}
section.note{margin-top:26px;padding:18px 20px 8px;border-radius:12px;background:var(--soft);break-inside:avoid}
section.note .total td{border-top-width:1px;font-size:16px}
section.note table{margin-top:6px}
footer{margin-top:30px;padding-top:16px;border-top:1px solid var(--rule)}
@media (max-width:600px){main{margin:0;padding:26px 20px;border-radius:0}.two{grid-template-columns:1fr;gap:18px}}
@page{size:A4;margin:14mm}
@media print{body{font-size:13px;background:#fff}main{max-width:none;margin:0;padding:0;box-shadow:none}tr{break-inside:avoid}
td{padding:7px 0}}
`
