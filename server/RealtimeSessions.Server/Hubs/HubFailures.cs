using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// What is not an expected outcome becomes a code here, and nothing else of it reaches a client. The framework's own categories log a
/// client's broken frame as an error of the server, so they are silenced (<see cref="HubSetup"/>) and what counts is logged here.
/// </summary>
internal sealed partial class HubFailures(ILogger<HubFailures> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(context);
        }
        catch (HubException)
        {
            throw;
        }
        catch (EngineUnavailableException exception)
        {
            LogUnavailable(logger, context.HubMethodName, exception);
            throw new HubException(new Error(ErrorCode.Unavailable, "The storage cannot be reached.").ToString());
        }
        catch (Exception exception)
        {
            LogFailed(logger, context.HubMethodName, exception);
            throw new HubException(new Error(ErrorCode.Internal, "The server failed; it has logged why.").ToString());
        }
    }

    public async Task OnDisconnectedAsync(
        HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (exception is InvalidDataException)
        {
            LogBroken(logger, context.Context.ConnectionId, exception.Message);
        }

        await next(context, exception);
    }

    [LoggerMessage(3300, LogLevel.Warning, "{Method} failed: the storage cannot be reached.")]
    private static partial void LogUnavailable(ILogger logger, string method, Exception exception);

    [LoggerMessage(3301, LogLevel.Error, "{Method} failed.")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(3302, LogLevel.Information, "Connection {Connection} was closed: what it sent cannot be read. {Reason}")]
    private static partial void LogBroken(ILogger logger, string connection, string reason);
}
