using System.Buffers;

namespace Repave.LanguageServer.Rpc;

/// <summary>A message being written, in pieces that are used again. One large array a message would be collected together with everything
/// that lives long, which every edit beside it would wait for.</summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(1024);
    private int _used;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _chunk.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _chunk.AsSpan(_used);
    }

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Writes all of it to a stream.</summary>
    public void CopyTo(Stream output)
    {
        foreach (var (bytes, length) in _full)
            output.Write(bytes, 0, length);
        output.Write(_chunk, 0, _used);
    }

    /// <summary>Gives the pieces back; nothing of it may be used afterwards.</summary>
    public void Dispose()
    {
        foreach (var (bytes, _) in _full)
            ArrayPool<byte>.Shared.Return(bytes);
        _full.Clear();
        ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = [];
        _used = 0;
    }

    private void Reserve(int sizeHint)
    {
        if (_chunk.Length - _used >= Math.Max(1, sizeHint))
            return;
        _full.Add((_chunk, _used));
        _chunk = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkSize, sizeHint));
        _used = 0;
    }
}
