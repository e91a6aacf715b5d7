namespace Repave.LanguageServer.Rpc;

/// <summary>A request that cannot be answered, with the code that JSON-RPC or LSP has for it.</summary>
internal sealed class RpcError(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int ServerNotInitialized = -32002;
    public const int RequestFailed = -32803;
    public const int RequestCancelled = -32800;

    /// <summary>The code.</summary>
    public int Code { get; } = code;
}
