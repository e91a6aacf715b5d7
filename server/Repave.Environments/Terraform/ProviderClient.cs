using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>Asks a provider what it knows without credentials: its schema, what it makes of a configuration, and of a change.</summary>
internal sealed class ProviderClient : IDisposable
{
    private static readonly TimeSpan SchemaLimit = TimeSpan.FromMinutes(2);

    private readonly string _binary;
    private readonly object _lock = new();
    private ProviderProcess? _process;
    private object? _standIn;

    /// <param name="binary">The absolute path of the provider's binary; it is started when it is first asked.</param>
    public ProviderClient(string binary) => _binary = binary;

    /// <summary>How long a provider may think about one change.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>When no more is asked; null for never.</summary>
    public DateTime? Until { get; init; }

    /// <summary>The provider's types.</summary>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public ProviderSchema Schema()
    {
        var process = Running();
        return Read(() =>
            ProviderSchema.Read(Call(process, process.Protocol == 5 ? "GetSchema" : "GetProviderSchema", [], SchemaLimit),
                process.Protocol));
    }

    /// <summary>
    /// Makes the provider ready with a configuration that names nobody and reaches nothing: parts of many providers answer only then.
    /// </summary>
    /// <param name="configuration">The provider's own block.</param>
    public void StandIn(PackBody configuration)
    {
        lock (_lock)
        {
            _standIn = StandInConfiguration.Of(configuration);
            if (_process is { IsAlive: true })
                Configure(_process);
        }
    }

    /// <summary>What it complains about in a configuration of a resource.</summary>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public IReadOnlyList<ProviderDiagnostic> Validate(string type, object? config)
    {
        var process = Running();
        var request = new WireWriter().Text(1, type).Bytes(2, Dynamic(config)).ToArray();
        var answer = Call(process, process.Protocol == 5 ? "ValidateResourceTypeConfig" : "ValidateResourceConfig", request, Limit);
        return Read(() =>
        {
            var diagnostics = new List<ProviderDiagnostic>();
            var reader = new WireReader(answer);
            while (reader.Next())
            {
                if (reader.Field == 1)
                    diagnostics.Add(Diagnostic(reader.Bytes));
            }

            return diagnostics;
        });
    }

    /// <summary>What a change would do.</summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="prior">The state before; null for a resource that is made.</param>
    /// <param name="proposed">The configuration, with what only the provider gives taken from before.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="priorPrivate">What the provider had us bring along.</param>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public ProviderPlan Plan(string type, object? prior, object? proposed, object? config, byte[]? priorPrivate = null)
    {
        var process = Running();
        var request = new WireWriter().Text(1, type).Bytes(2, Dynamic(prior)).Bytes(3, Dynamic(proposed)).Bytes(4, Dynamic(config));
        if (priorPrivate is { Length: > 0 })
            request.Bytes(5, priorPrivate);
        var answer = Call(process, "PlanResourceChange", request.ToArray(), Limit);
        return Read(() =>
        {
            object? planned = null;
            var replaces = new List<IReadOnlyList<object>>();
            var errors = new List<ProviderDiagnostic>();
            byte[] brought = [];
            var isLegacy = false;
            var reader = new WireReader(answer);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1:
                        planned = Value(reader.Bytes);
                        break;
                    case 2:
                        replaces.Add(Path(reader.Bytes));
                        break;
                    case 3:
                        brought = reader.Bytes.ToArray();
                        break;
                    case 4:
                        var diagnostic = Diagnostic(reader.Bytes);
                        if (diagnostic.IsError)
                            errors.Add(diagnostic);
                        break;
                    case 5:
                        isLegacy = reader.Number != 0;
                        break;
                    default:
                        break;
                }
            }

            return new ProviderPlan(planned, replaces, errors, brought, isLegacy);
        });
    }

    /// <summary>Ends the provider; it is started again when it is asked again.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _process?.Dispose();
            _process = null;
        }
    }

    public void Dispose() => Stop();

    private ProviderProcess Running()
    {
        lock (_lock)
        {
            if (_process is { IsAlive: false })
            {
                _process.Dispose();
                _process = null;
            }

            if (_process is null)
            {
                _process = ProviderProcess.Start(_binary);
                if (_standIn is not null)
                    Configure(_process);
            }

            return _process;
        }
    }

    private void Configure(ProviderProcess process)
    {
        var request = new WireWriter().Text(1, "1.11.4").Bytes(2, Dynamic(_standIn)).ToArray();
        process.Channel.Call(process.Protocol == 5 ? "Configure" : "ConfigureProvider", request, Limit);
    }

    // One that does not answer is busy with that question, and with every one after it.
    private byte[] Call(ProviderProcess process, string method, byte[] request, TimeSpan limit)
    {
        if (Until is { } end && DateTime.UtcNow > end)
            throw new ProviderException("The provider takes too long over it.", true);
        try
        {
            return process.Channel.Call(method, request, limit);
        }
        catch (ProviderException)
        {
            Stop();
            throw;
        }
    }

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw new ProviderException(exception.Message);
        }
    }

    private static byte[] Dynamic(object? value) => new WireWriter().Bytes(1, ProviderValue.Write(value)).ToArray();

    private static object? Value(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        object? value = null;
        while (reader.Next())
        {
            if (reader.Field == 1)
                value = ProviderValue.Read(reader.Bytes);
        }

        return value;
    }

    private static ProviderDiagnostic Diagnostic(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (isError, summary, detail) = (false, "", "");
        IReadOnlyList<object> path = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    isError = reader.Number == 1;
                    break;
                case 2:
                    summary = reader.Text;
                    break;
                case 3:
                    detail = reader.Text;
                    break;
                case 4:
                    path = Path(reader.Bytes);
                    break;
                default:
                    break;
            }
        }

        return new ProviderDiagnostic(isError, summary, detail, path);
    }

    private static List<object> Path(ReadOnlySpan<byte> bytes)
    {
        var steps = new List<object>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field != 1)
                continue;
            var step = new WireReader(reader.Bytes);
            while (step.Next())
                steps.Add(step.Field == 3 ? step.Number : step.Text);
        }

        return steps;
    }
}
