import { COLOURS } from './words.ts'

/** The report's style sheet. Colours of kinds are variables, so that text, chips, boxes and bars of a kind agree in light, dark and print. */
export function styleSheet(): string {
  const kinds = (mode: 0 | 1): string =>
    Object.entries(COLOURS)
      .map(([kind, pair]) => `.k-${kind}{--k:${pair[mode]}}`)
      .join('')
  return `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b2330;--soft:#4d5a6c;--faint:#5f6b7c;--line:#d5dbe3;--wash:#f4f6f9;--link:#174ea6}
${kinds(0)}
@media (prefers-color-scheme:dark){:root{--paper:#12161c;--ink:#e6eaf0;--soft:#b3bdcb;--faint:#97a3b4;--line:#303947;--wash:#1a2029;--link:#8ab4f8}${kinds(1)}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#333;--faint:#444;--line:#bbb;--wash:#f4f4f4;--link:#000}${kinds(0)}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1240px;margin:0 auto;padding:28px 30px 60px}
h1,h2,h3{line-height:1.2;text-wrap:balance}
h1{font-size:29px;margin:2px 0 6px;letter-spacing:-.01em}
h2{font-size:20px;margin:0 0 10px}
h3{font-size:16px;margin:22px 0 8px}
section{margin-top:36px;padding-top:20px;border-top:1px solid var(--line)}
p{margin:0 0 10px;max-width:92ch}
a{color:var(--link)}
code{font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
code.tx{font-size:11px;color:var(--faint)}
pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--wash);border:1px solid var(--line);border-radius:6px;padding:10px 14px;overflow-x:auto}
.eyebrow{margin:0;color:var(--faint);font-size:13px;letter-spacing:.06em;text-transform:uppercase}
.lead{color:var(--soft);font-size:16px;margin-bottom:16px}
.faint,.note{color:var(--faint)}
.note{font-size:13.5px}
.head-facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:10px 26px;margin:14px 0 0}
.head-facts div{border-top:2px solid var(--line);padding-top:6px;min-width:0}
dt{color:var(--faint);font-size:12.5px}
dd{margin:0;overflow-wrap:anywhere}
nav{margin-top:18px;font-size:13.5px;display:flex;flex-wrap:wrap;gap:2px 16px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(178px,1fr));gap:10px;margin:0 0 14px}
.figure{border:1px solid var(--line);border-left:4px solid var(--k);border-radius:5px;padding:9px 12px 8px}
.figure dd{font-size:19px;font-weight:650;line-height:1.3}
.figure .share{font-size:13px;font-weight:400;color:var(--soft);min-height:1.3em}
h3.asset{margin-top:6px;color:var(--soft);font-weight:600;font-size:14px}
.asset~.asset{margin-top:24px}
ul.plain{margin:0 0 10px;padding-left:20px;max-width:92ch}
ul.plain li{margin:0 0 5px}
.scroll{overflow-x:auto;max-width:100%}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:3px}
table{border-collapse:collapse;width:100%;font-size:13.5px;margin:6px 0 4px}
caption{text-align:left;color:var(--soft);font-size:13px;padding:0 0 6px;caption-side:top}
th{text-align:left;font-weight:600;font-size:12.5px;color:var(--soft);border-bottom:1.5px solid var(--soft);padding:4px 14px 5px 0;vertical-align:bottom}
td{padding:5px 14px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
th:last-child,td:last-child{padding-right:0}
th.number,td.number{text-align:right;white-space:nowrap}
td.time,th.time{white-space:nowrap}
td.address{min-width:250px}
tfoot td{color:var(--faint);border-bottom:0}
.chip{display:inline-block;border:1px solid var(--k);color:var(--k);border-radius:99px;padding:0 8px;font-size:12px;font-weight:500;white-space:nowrap;vertical-align:1px}
.contact{overflow-wrap:anywhere}
td .contact{display:inline-block;min-width:150px}
.card{border-left:4px solid var(--k);padding:2px 0 4px 18px;margin:30px 0 0}
.card h3{margin:0 0 6px;font-size:17px}
.court{max-width:92ch}
.pairs{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 20px;margin:8px 0 12px;font-size:14px}
.pairs dt{padding-top:1px;font-size:13px}
.pairs ul{margin:0;padding-left:18px}
.pairs p{margin:2px 0 0}
figure{margin:14px 0 8px}
figcaption{color:var(--soft);font-size:13px;margin-top:6px}
.legend{display:inline-flex;flex-wrap:wrap;gap:2px 14px;margin-right:10px;font-size:13px;color:var(--soft)}
p.legend{display:flex;margin-top:4px}
.legend span{white-space:nowrap}
.legend i{display:inline-block;width:11px;height:11px;border-radius:2px;background:var(--k);margin-right:5px;vertical-align:-1px}
svg{display:block;width:100%;min-width:880px;height:auto;font:11.5px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
svg .band{stroke:var(--k);opacity:.34}
svg .band:hover{opacity:.6}
svg .box,svg .bar{fill:var(--k)}
svg text{fill:var(--ink)}
svg .head,svg .axis{fill:var(--faint)}
svg .head{font-size:11.5px}
svg .name{font-weight:600;font-size:12.5px}
svg .way{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;font-size:11px}
svg .sum{font-weight:400;fill:var(--soft)}
svg .grid{stroke:var(--line);fill:none}
svg .base{stroke:var(--soft);fill:none}
footer{margin-top:44px;padding-top:14px;border-top:1px solid var(--line);color:var(--faint);font-size:13px}
@media (max-width:700px){main{padding:18px 16px 40px}h1{font-size:24px}.pairs{grid-template-columns:1fr;gap:0}.pairs dd{margin-bottom:8px}.card{padding-left:12px}.figure dd{font-size:16px}.figure{padding:8px 9px}.figures{grid-template-columns:1fr 1fr}td.address{min-width:220px}}
@media print{@page{size:A4;margin:14mm 12mm}body{font-size:10.5pt}main{padding:0;max-width:none}section{margin-top:18pt;padding-top:10pt}nav,.jump{display:none}svg{min-width:0}.scroll{overflow:visible}table{font-size:8pt}code{font-size:7pt}code.tx{font-size:6.2pt}td.address{min-width:0}td,th{padding-right:7pt}tr,.figure,figure,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}tfoot{display:table-row-group}a{text-decoration:none}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`
}
