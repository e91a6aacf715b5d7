// Shows what yaml-language-server (REPAVE_YAML_LANGUAGE_SERVER is its program) finds in YAML files, with its own words for where that comes from.
const { spawn } = require("node:child_process");
const vscode = require("vscode");

exports.activate = (context) => {
  const server = spawn(process.execPath, [process.env.REPAVE_YAML_LANGUAGE_SERVER, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const found = vscode.languages.createDiagnosticCollection("yaml");
  context.subscriptions.push(found, { dispose: () => server.kill() });
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const range = ({ start, end }) => new vscode.Range(start.line, start.character, end.line, end.character);
  const take = (message) => {
    if (message.method === "textDocument/publishDiagnostics") {
      found.set(vscode.Uri.parse(message.params.uri), message.params.diagnostics.map((one) => {
        const diagnostic = new vscode.Diagnostic(range(one.range), one.message, one.severity - 1);
        diagnostic.source = one.source;
        return diagnostic;
      }));
    } else if (message.method && message.id !== undefined) {
      send({ id: message.id, result: message.method === "workspace/configuration" ? message.params.items.map(() => ({ validate: true, schemaStore: { enable: false } })) : null });
    }
  };
  let buffer = Buffer.alloc(0);
  server.stdout.on("data", (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (let head; (head = buffer.indexOf("\r\n\r\n")) >= 0; ) {
      const end = head + 4 + Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
      if (buffer.length < end) return;
      const message = JSON.parse(buffer.subarray(head + 4, end).toString());
      buffer = buffer.subarray(end);
      take(message);
    }
  });
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({ uri: uri.toString(), name }));
  send({ id: 0, method: "initialize", params: { processId: process.pid, rootUri: folders[0]?.uri ?? null, workspaceFolders: folders, capabilities: {} } });
  send({ method: "initialized", params: {} });
  const opened = (document) => {
    if (document.languageId === "yaml") send({ method: "textDocument/didOpen", params: { textDocument: { uri: document.uri.toString(), languageId: "yaml", version: document.version, text: document.getText() } } });
  };
  vscode.workspace.textDocuments.forEach(opened);
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === "yaml") send({ method: "textDocument/didChange", params: { textDocument: { uri: document.uri.toString(), version: document.version }, contentChanges: [{ text: document.getText() }] } });
    }),
  );
};
