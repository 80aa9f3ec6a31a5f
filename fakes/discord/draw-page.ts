import { escaped } from './markdown.ts';

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: 'phone' | 'desktop';
}

/** One HTML page in Discord's looks. */
export function drawPage(look: Look, title: string, body: string): string {
  return `<!doctype html><html lang="en" class="${look.theme} ${look.width}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>${body}</body></html>`;
}

const style = `
*{box-sizing:border-box;margin:0}
html{--page:#fff;--words:#313338;--strong:#060607;--muted:#5c5e66;--card:#f7f7f8;--edge:#dcdde0;--field:#fff;--link:#006ce7;--second:#e6e7ea;--second-words:#2b2d31;--code:#f2f3f5;--hover:#eef0ff}
html.dark{--page:#313338;--words:#dbdee1;--strong:#f2f3f5;--muted:#a0a4ac;--card:#2b2d31;--edge:#43464d;--field:#1e1f22;--link:#00a8fc;--second:#4e5058;--second-words:#fff;--code:#1e1f22;--hover:#3c3f58}
body{font:16px/1.375 "gg sans",Inter,"Noto Sans",Roboto,-apple-system,sans-serif;background:var(--page);color:var(--words)}
.phone body{width:390px}.desktop body{width:860px}
body>header{display:flex;gap:10px;align-items:center;padding:12px 16px;border-bottom:1px solid var(--edge);color:var(--strong);font-weight:600}
.face{flex:none;width:40px;height:40px;border-radius:50%;background:#2f5d80;color:#fff;display:grid;place-items:center;font-weight:600;font-style:normal}
.face.person{background:#5865f2}
body>header .face{width:28px;height:28px;font-size:14px}
main{padding:16px;display:flex;flex-direction:column;gap:18px}
.phone main{padding:12px}
.message{display:flex;gap:14px}.phone .message{gap:10px}
.message>div{min-width:0;flex:1}
.message.only{background:color-mix(in srgb,#5865f2 9%,transparent);margin:0 -12px;padding:8px 12px;border-left:2px solid #5865f2}
.name{color:var(--strong);font-weight:600}.name time,.edited{color:var(--muted);font-size:12px;font-weight:400;margin-left:6px}
.tag{background:#5865f2;color:#fff;border-radius:3px;font-size:10.5px;padding:1px 5px;margin-left:5px;vertical-align:2px;font-weight:600}
.used,.onlyyou{color:var(--muted);font-size:13px}.used{margin:0 0 3px 54px}.phone .used{margin-left:50px}
.onlyyou{margin-top:5px}.onlyyou b{color:var(--link);font-weight:400}
p,li,h1,h2,h3,blockquote{white-space:pre-wrap;overflow-wrap:anywhere}
.text b,h1,h2,h3{color:var(--strong)}b{font-weight:650}
h1{font-size:24px;line-height:1.25;margin:6px 0 2px}h2{font-size:20px;line-height:1.25;margin:6px 0 2px}h3{font-size:16px;margin:5px 0 1px}
small{display:block;color:var(--muted);font-size:13px;line-height:1.35}
li{margin-left:18px;margin-top:2px}li.deep{margin-left:38px}li.counted{list-style:none;margin-left:4px}
blockquote{border-left:4px solid var(--edge);padding-left:11px}
code{background:var(--code);border-radius:4px;padding:1px 4px;font:85%/1.3 "Noto Sans Mono","DejaVu Sans Mono",monospace}
pre{background:var(--code);border:1px solid var(--edge);border-radius:4px;padding:8px;margin:5px 0;font:13.5px/1.35 "Noto Sans Mono","DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}.mention{background:#5865f233;color:var(--strong);border-radius:3px;padding:0 2px}
.spoiler{background:var(--muted);color:transparent;border-radius:3px}
.container{background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:14px 16px;max-width:600px;margin-top:4px;display:flex;flex-direction:column;gap:8px}
.phone .container{padding:12px}
.row{display:flex;gap:8px;flex-wrap:wrap;margin-top:4px;max-width:600px}
.button{border-radius:8px;padding:6px 15px;font-size:14px;font-weight:500;line-height:20px;display:inline-flex;gap:6px;align-items:center;color:#fff;max-width:100%;overflow-wrap:anywhere}
.button.primary{background:#5865f2}.button.secondary,.button.link{background:var(--second);color:var(--second-words)}.button.success{background:#248046}.button.danger{background:#d83a41}.off{opacity:.5}
.select,.input{background:var(--field);border:1px solid var(--edge);border-radius:8px;padding:9px 12px;display:flex;justify-content:space-between;width:100%;max-width:420px;color:var(--words)}
.muted{color:var(--muted)}
hr{border:0;border-top:1px solid var(--edge);width:100%;margin:2px 0}hr.none{border-color:transparent}hr.wide{margin:8px 0}
.section{display:flex;gap:12px;justify-content:space-between;align-items:flex-start}.section>div:first-child{min-width:0;flex:1}.section .button{flex:none}
.thumbnail img{width:84px;border-radius:8px;display:block}
.gallery{display:grid;gap:4px;border-radius:8px;overflow:hidden;max-width:550px}.gallery.n2,.gallery.n3,.gallery.n4{grid-template-columns:1fr 1fr}
.gallery img{width:100%;display:block}
.attached{max-width:550px;width:100%;border-radius:8px;display:block;margin-top:4px}
.file{display:flex;gap:10px;align-items:center;background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:12px;max-width:420px;margin-top:4px}.container .file{background:var(--page)}
.file>span{font-size:26px}.file b{color:var(--link);font-weight:500;overflow-wrap:anywhere}
.embed{background:var(--card);border-left:4px solid var(--edge);border-radius:4px;padding:9px 14px;max-width:520px;margin-top:4px}
.veil{background:#0009;padding:24px 0;min-height:100vh;display:grid;place-items:center}
.modal{background:var(--page);border:1px solid var(--edge);border-radius:12px;width:min(480px,calc(100% - 24px));padding:20px;display:flex;flex-direction:column;gap:16px}
.modal header{display:flex;gap:10px;align-items:center;color:var(--strong);font-size:18px}.modal header b{flex:1}.modal header .face{width:32px;height:32px;font-size:15px}
.fields{display:flex;flex-direction:column;gap:18px}
label{display:block;font-weight:600;color:var(--strong);margin-bottom:3px}label em{color:#da373c;font-style:normal}
.field .select,.field .input{max-width:none;margin-top:5px}.input{display:block;white-space:pre-wrap}.input.tall{min-height:92px}
.option{display:flex;gap:10px;align-items:flex-start;border:1px solid var(--edge);border-radius:8px;padding:9px 12px;margin-top:6px}.option.on{background:var(--hover);border-color:#5865f2}
.option i{flex:none;width:20px;height:20px;border:2px solid var(--muted);border-radius:50%;margin-top:1px}.option i.square{border-radius:5px}.option.on i{border:6px solid #5865f2}
.drop{border:1px dashed var(--muted);border-radius:8px;padding:18px;text-align:center;margin-top:5px}.drop u{color:var(--link);text-decoration:none}
.warning{font-size:13px;color:var(--muted)}
.modal footer{display:flex;gap:8px;justify-content:flex-end}.modal footer .button{padding:9px 22px}`;
