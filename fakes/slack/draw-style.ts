/** Slack's own sizes and colours, near enough to judge a layout by. */
export const style = `
:root{--ground:#fff;--text:#1d1c1d;--faint:#616061;--line:#dddddd;--link:#1264a3;--green:#007a5a;--red:#e01e5a;--soft:#f8f8f8;--code:#c01343;--shade:#0008}
html.dark{--ground:#1a1d21;--text:#d1d2d3;--faint:#ababad;--line:#3b3d42;--link:#1d9bd1;--green:#148567;--red:#e8365f;--soft:#222529;--code:#e8912d}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.466 Lato,Inter,"Noto Sans",sans-serif,"Noto Color Emoji"}
p,.rich{margin:0 0 4px}ul{margin:0;padding-left:6px}td>div,th>div{display:inline}small{color:var(--faint);font-size:13px}
.top{display:flex;gap:8px;align-items:center;padding:12px 20px;font-size:18px}
.face{flex:none;display:inline-grid;place-items:center;width:36px;height:36px;border-radius:8px;background:#0b6e4f;color:#fff;font-weight:700}
.face.own{background:#5b5fc7}.top .face{width:24px;height:24px;border-radius:5px;font-size:13px}
nav{display:flex;gap:16px;padding:0 20px;border-bottom:1px solid var(--line);font-size:13px;color:var(--faint)}
nav span{padding:8px 0}nav .on{color:var(--text);font-weight:700;border-bottom:2px solid var(--green)}
main{padding:8px 0 24px}main.home{max-width:720px;margin:0 auto;padding:20px}
article{display:flex;gap:8px;padding:8px 20px}article.ephemeral{background:var(--soft)}
.grow{flex:1;min-width:0}.who{display:flex;gap:6px;align-items:center;margin:0}
.app{background:var(--line);color:var(--faint);font-size:10px;font-weight:700;border-radius:2px;padding:1px 3px}
time{color:var(--faint);font-size:12px}.only{color:var(--faint);font-size:12px}
h3{margin:8px 0 4px;font-size:18px;line-height:1.33}hr{border:0;border-top:1px solid var(--line);margin:12px 0}
.section{display:flex;gap:16px;margin:4px 0 8px;max-width:600px}.fields{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px}
.context{display:flex;flex-wrap:wrap;gap:4px 8px;align-items:center;color:var(--faint);font-size:12px;margin:4px 0 8px;max-width:600px}.context img{width:20px;height:20px;border-radius:2px}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 8px;max-width:600px}
.button{display:inline-block;height:fit-content;border:1px solid var(--line);border-radius:4px;padding:3px 12px;font-size:13px;font-weight:700;background:var(--ground)}
.button.primary{background:var(--green);border-color:var(--green);color:#fff}.button.danger{background:var(--red);border-color:var(--red);color:#fff}
figure{margin:4px 0 8px}figure img{display:block;max-width:min(100%,360px);border-radius:8px;border:1px solid var(--line)}figcaption{font-size:13px;color:var(--faint)}
.thumb img{width:88px;height:88px;object-fit:cover;border-radius:8px}
.table{max-width:100%;overflow-x:auto;margin:4px 0 8px}table{border-collapse:separate;border-spacing:0;border:1px solid var(--line);border-radius:8px;font-size:14px}
th,td{border-bottom:1px solid var(--line);border-right:1px solid var(--line);padding:5px 10px;white-space:nowrap;text-align:left;max-width:280px;overflow:hidden;text-overflow:ellipsis}
th{background:var(--soft)}tr>:last-child{border-right:0}tbody tr:last-child td{border-bottom:0}.right{text-align:right}.center{text-align:center}.wrap{white-space:normal;min-width:132px}
a{color:var(--link);text-decoration:none}.at{color:var(--link);background:#1d9bd11a;border-radius:3px;padding:0 2px}
code{color:var(--code);background:var(--soft);border:1px solid var(--line);border-radius:3px;padding:0 3px;font:12px/1.5 monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:8px;margin:4px 0;font:12px/1.5 monospace;overflow-x:auto;white-space:pre}
blockquote{margin:0 0 4px;padding-left:12px;border-left:4px solid var(--line)}.h{display:block;font-size:17px}.md{max-width:600px;margin:4px 0 8px}li{margin-left:16px}.drop{display:inline-block;border:1px dashed var(--faint);border-radius:4px;padding:9px 16px}
.file{display:inline-flex;flex-direction:column;border:1px solid var(--line);border-radius:8px;padding:8px 12px;margin-top:4px}
.card,.alert{border:1px solid var(--line);border-radius:8px;padding:8px 12px;margin:4px 0;max-width:600px}.alert{border-left:4px solid var(--link)}.alert.warning{border-left-color:#ecb22e}.alert.error{border-left-color:var(--red)}.alert.success{border-left-color:var(--green)}
.shade{min-height:100vh;background:var(--shade);display:grid;place-items:center;padding:16px}
.modal{background:var(--ground);border-radius:8px;width:100%;max-width:520px}.modal header{display:flex;gap:8px;align-items:center;padding:16px 20px;font-size:20px}.modal .face{width:28px;height:28px;font-size:14px}.x{margin-left:auto;color:var(--faint);font-size:16px}
.modal .body{padding:4px 20px 12px}.modal footer{display:flex;justify-content:flex-end;gap:8px;padding:12px 20px 20px}.modal footer .button{padding:7px 16px;font-size:15px}
.input{margin:8px 0 16px}.input small{display:block}.input>b{display:block;margin-bottom:4px}.input em,.field em{font-style:normal;font-weight:400;color:var(--faint)}
.field{display:block;border:1px solid var(--faint);border-radius:4px;padding:7px 12px;min-height:38px}.field.tall{min-height:80px}.select{display:inline-flex;justify-content:space-between;gap:12px;min-width:180px}.input .select{display:flex}.actions .select{min-height:0;padding:3px 12px;font-size:13px}
.wrong .field{border-color:var(--red)}.error{color:var(--red);font-size:13px;margin:4px 0}
.choices div{display:flex;gap:8px;margin:4px 0}.choices small{display:block}.box{flex:none;width:16px;height:16px;margin-top:3px;border:1px solid var(--faint);border-radius:3px}.box.round{border-radius:50%}.box.on{background:var(--link);border-color:var(--link);box-shadow:inset 0 0 0 3px var(--ground)}
@media(max-width:480px){article,.top,nav{padding-left:12px;padding-right:12px}.shade{padding:0;place-items:stretch}.modal{border-radius:0;display:flex;flex-direction:column}.modal .body{flex:1}}
`;
