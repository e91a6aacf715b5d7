import * as vscode from "vscode";
import { executable } from "./server";

/** `repave check` as a task of each folder. The server shows the same findings already, so that the problems panel would list them twice: the matcher
 *  ($repave) is for tasks of one's own. */
export class CheckTasks implements vscode.TaskProvider {
  static readonly type = "repave";

  constructor(private readonly context: vscode.ExtensionContext) {}

  provideTasks(): vscode.Task[] {
    return (vscode.workspace.workspaceFolders ?? []).map((folder) => this.task({ type: CheckTasks.type }, folder, ["."]));
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const scope = task.scope ?? vscode.TaskScope.Workspace;
    const given: unknown = task.definition.arguments;
    return this.task(task.definition, scope, Array.isArray(given) ? given.map(String) : ["."]);
  }

  private task(definition: vscode.TaskDefinition, scope: vscode.WorkspaceFolder | vscode.TaskScope, words: readonly string[]): vscode.Task {
    const { command, args = [] } = executable(this.context);
    const execution = new vscode.ProcessExecution(command, [...args.slice(0, -1), "check", ...words]);
    const task = new vscode.Task(definition, scope, "check", "repave", execution, []);
    task.group = vscode.TaskGroup.Test;
    return task;
  }
}
