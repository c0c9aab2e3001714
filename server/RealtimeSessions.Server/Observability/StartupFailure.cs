using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Observability;

/// <summary>What keeps the server from starting and is the operator's to set right: it is said in plain words, without a stack.</summary>
internal static class StartupFailure
{
    /// <summary>The exit code that goes with it.</summary>
    public const int ExitCode = 1;

    /// <summary>What to say of an exception; null if it is a bug.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: var all } when all.All(inner => Explain(inner) is not null) =>
            string.Join(Environment.NewLine, all.Select(Explain)),
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        EngineUnavailableException => exception.Message,
        IOException { InnerException: AddressInUseException } => exception.Message,
        // A setting that is not even of its type.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => exception.Message,
        _ => null,
    };
}
