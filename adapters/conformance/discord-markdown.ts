/** What Discord's markdown shows: escapes resolved, marks of headings and blocks gone. */
export function asRead(content: string): string {
  let code = false;
  return content
    .split('\n')
    .flatMap((line) => {
      if (line === '```') {
        code = !code;
        return [];
      }
      return [code ? line : unescaped(line.replace(/^(### |-# )/, '').replace(/^- /, '• '))];
    })
    .join('\n');
}

function unescaped(line: string): string {
  return line.replaceAll(/\\([^0-9A-Za-z\s])/g, '$1');
}
